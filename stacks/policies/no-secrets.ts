/** No password, key or token is in what Terraform gets: files, plans and states are read by many. */
import { isBlock } from './attributes.ts';
import { readJson } from './json-text.ts';
import { secretIn } from './secret-shapes.ts';
import type { Attributes, WrittenStack } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

const WHAT_TO_DO =
  'put it into Secrets Manager, and name its ARN; one that was committed is changed too';

export const noSecrets: Rule = {
  name: 'no-secrets',
  check(stack, refuse) {
    for (const resource of [...stack.resources, ...stack.dataSources]) {
      for (const { path, what } of secretsIn(resource.attributes)) {
        // Never the value itself: what is said here is kept in the logs of pipelines.
        refuse(resource, `${path} of ${resource.type} has ${what}: ${WHAT_TO_DO}`);
      }
    }
    for (const { path, what } of secretsIn(elsewhere(stack))) {
      refuse(stack, `${path} has ${what}: ${WHAT_TO_DO}`);
    }
  },
};

/** Providers, variables, outputs, the place of the state. */
function elsewhere({ whole }: WrittenStack): Attributes {
  const { resource: _, data: __, ...rest } = whole;
  return rest;
}

interface Found {
  readonly path: string;
  readonly what: string;
}

/** Depth first; places in lists are left out of paths: `ingress.cidr_blocks`. */
function* secretsIn(value: unknown, path = '', name = ''): Generator<Found> {
  if (typeof value === 'string') yield* inText(value, path, name);
  else if (Array.isArray(value)) for (const one of value) yield* secretsIn(one, path, name);
  else if (isBlock(value)) yield* inBlock(value, path);
}

function* inBlock(block: Attributes, path: string): Generator<Found> {
  const { name, value } = block;
  // A variable of a container, or a parameter: what it is called is a value too.
  if (typeof name === 'string' && typeof value === 'string') {
    yield* inText(value, `${path}.${name}`, name);
    return;
  }
  for (const [key, one] of Object.entries(block)) {
    if (SKIPPED.has(key)) continue;
    yield* secretsIn(one, path === '' ? key : `${path}.${key}`, key);
  }
}

/** The constructs' paths, and a block of Cognito's with `access_token: 'hours'`. */
const SKIPPED = new Set(['//', 'token_validity_units']);

function* inText(text: string, path: string, name: string): Generator<Found> {
  const inner = /^\s*[[{]/.test(text) ? readJson(text) : undefined;
  if (inner !== undefined) {
    yield* secretsIn(inner, path, name);
    return;
  }
  const what = secretIn(name, withoutReferences(text));
  if (what !== undefined) yield { path, what };
}

/** From the inside out. What an expression makes of a literal in it is not seen. */
function withoutReferences(text: string): string {
  const plainer = text.replaceAll(/\$\{[^{}]*\}/g, '');
  return plainer === text ? text : withoutReferences(plainer);
}
