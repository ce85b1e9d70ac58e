/** What the internet calls answers over TLS 1.2 or later; plain HTTP only sends callers there. */
import { asList, isBlock, isTrue } from './attributes.ts';
import { exposesTokens } from './place-of.ts';
import type { Program } from '../written/program.ts';
import type { Attributes, Resource, WrittenStack } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

const LISTENERS = new Set(['aws_alb_listener', 'aws_lb_listener']);
const LISTENER_RULES = new Set(['aws_alb_listener_rule', 'aws_lb_listener_rule']);
const ENCRYPTED = new Set<unknown>(['HTTPS', 'TLS']);

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const SINCE_TLS_1_2 = /^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-/;

const WHAT_TO_DO =
  "redirect to HTTPS; where nothing is worth keeping, the environment's door.address may say plainHttpExposesTokens, but never in production";

export const tlsDoor: Rule = {
  name: 'tls-door',
  check(stack, refuse, program) {
    for (const resource of stack.resources) {
      const wrong = isPublicListener(program, stack, resource)
        ? problemOf(stack, resource.attributes)
        : ruleProblem(program, stack, resource);
      if (wrong !== undefined) refuse(resource, `${resource.type} ${wrong}`);
    }
  },
};

/** One whose balancer nobody can see here is taken for public. */
function isPublicListener(program: Program, stack: WrittenStack, resource: Resource): boolean {
  if (!LISTENERS.has(resource.type)) return false;
  const balancer = program.targetOf(stack, resource.attributes['load_balancer_arn']);
  return !isTrue(balancer?.resource.attributes['internal']);
}

function problemOf(stack: WrittenStack, attributes: Attributes): string | undefined {
  if (ENCRYPTED.has(attributes['protocol'])) {
    const policy = attributes['ssl_policy'];
    if (typeof policy === 'string' && SINCE_TLS_1_2.test(policy)) return undefined;
    return `takes TLS older than 1.2: set sslPolicy to one of ELBSecurityPolicy-TLS13-1-2-…, not ${String(policy)}`;
  }
  if (asList(attributes['default_action']).every(redirects) || exposesTokens(stack)) {
    return undefined;
  }
  return `answers without TLS: ${WHAT_TO_DO}`;
}

/** Of a listener that only redirects by default. */
function ruleProblem(
  program: Program,
  stack: WrittenStack,
  { type, attributes }: Resource,
): string | undefined {
  if (!LISTENER_RULES.has(type) || exposesTokens(stack)) return undefined;
  const listener = program.targetOf(stack, attributes['listener_arn']);
  if (listener === undefined || ENCRYPTED.has(listener.resource.attributes['protocol'])) {
    return undefined;
  }
  if (!isPublicListener(program, listener.stack, listener.resource)) return undefined;
  const forwards = asList(attributes['action']).some(
    (action) => isBlock(action) && action['type'] === 'forward',
  );
  return forwards ? `answers without TLS: ${WHAT_TO_DO}` : undefined;
}

function redirects(action: unknown): boolean {
  if (!isBlock(action) || action['type'] !== 'redirect') return false;
  return asList(action['redirect']).some((to) => isBlock(to) && to['protocol'] === 'HTTPS');
}
