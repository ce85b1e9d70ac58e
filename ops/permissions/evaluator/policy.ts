/** Policies of IAM as JSON, read strictly: what is not understood here is refused, never skipped. */
import { type Condition, readConditions } from './conditions.ts';
import { elements, listed, texts, UnsupportedPolicy } from './elements.ts';
import { type Principal, readPrincipals } from './principals.ts';

export interface Policy {
  /** What people know it by. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Only in policies of resources, where everyone of them is meant. */
  readonly principals?: readonly Principal[];
  readonly actions: Patterns;
  /** Policies of roles (trust) and of repositories name none: they mean what they are on. */
  readonly resources?: Patterns;
  readonly conditions: readonly Condition[];
}

/** Of `Action` and `Resource`, or all but those of `NotAction` and `NotResource`. */
export interface Patterns {
  readonly allBut: boolean;
  readonly patterns: readonly string[];
}

/** Whose policy it is: a role's has no principals, a resource's must have them. */
export type Kind = 'identity' | 'resource';

/**
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 *
 * @param document as JSON, text or read. @throws UnsupportedPolicy
 */
export function readPolicy(name: string, document: unknown, kind: Kind): Policy {
  try {
    const whole = typeof document === 'string' ? (JSON.parse(document) as unknown) : document;
    const { Version, Statement: statements } = elements(whole, ['Version', 'Id', 'Statement']);
    if (Version !== '2012-10-17') {
      throw new UnsupportedPolicy(`its Version is ${JSON.stringify(Version)}, not "2012-10-17"`);
    }
    return { name, statements: listed(statements).map((each) => readStatement(each, kind)) };
  } catch (error) {
    throw new UnsupportedPolicy(`policy ${name}: ${(error as Error).message}`);
  }
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource'];

function readStatement(written: unknown, kind: Kind): Statement {
  const statement = elements(written, [...ELEMENTS, 'Condition']);
  const { Effect: effect, Principal: principal, Condition: condition } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new UnsupportedPolicy(`Effect is ${JSON.stringify(effect)}, neither Allow nor Deny`);
  }
  if ((principal !== undefined) !== (kind === 'resource')) {
    throw new UnsupportedPolicy(
      kind === 'resource' ? 'a statement has no Principal' : 'a role has a Principal',
    );
  }
  const actions = patternsOf(statement, 'Action', ACTION);
  const resources = patternsOf(statement, 'Resource', RESOURCE);
  if (actions === undefined) throw new UnsupportedPolicy('a statement has no Action');
  if (resources === undefined && kind === 'identity') {
    throw new UnsupportedPolicy('a statement has no Resource');
  }
  return {
    effect,
    ...(principal !== undefined && { principals: readPrincipals(principal) }),
    actions,
    ...(resources !== undefined && { resources }),
    conditions: readConditions(condition),
  };
}

/** AWS accepts no wildcard in the service's name. */
const ACTION = /^(?:\*|[a-z0-9-]+:[a-z0-9*?]+)$/i;
const RESOURCE = /^(?:\*|arn:[^:]+:[^:*?]+:.+)$/s;

function patternsOf(
  statement: Readonly<Record<string, unknown>>,
  element: 'Action' | 'Resource',
  form: RegExp,
): Patterns | undefined {
  const not = `Not${element}`;
  const [these, others] = [statement[element], statement[not]];
  if (these !== undefined && others !== undefined) {
    throw new UnsupportedPolicy(`a statement has both ${element} and ${not}`);
  }
  if (these === undefined && others === undefined) return undefined;
  const patterns = texts(these ?? others);
  const odd = patterns.find((pattern) => !form.test(pattern));
  if (odd !== undefined) throw new UnsupportedPolicy(`'${odd}' is no ${element}`);
  return { allBut: these === undefined, patterns };
}
