/** A question as it is typed: `service kms:Decrypt <resource> <key>=<value> ...`. */
import { WrongUse } from '../deployment/refusal.ts';
import type { Request } from './evaluator/statements.ts';

export interface Question {
  readonly role: string;
  readonly request: Request;
}

/** @param hasContext whether keys and values may follow. @throws WrongUse */
export function readQuestion(words: readonly string[], hasContext: boolean): Question {
  const [role, action, resource, ...pairs] = words;
  if (role === undefined || action === undefined || resource === undefined) {
    throw new WrongUse('--may needs a role, an action and a resource');
  }
  if (hasContext !== pairs.length > 0) {
    throw new WrongUse('a resource is followed by nothing, or by --with and <key>=<value>');
  }
  return { role, request: { action, resource, context: contextOf(pairs) } };
}

function contextOf(pairs: readonly string[]) {
  const read = pairs.map((pair) => {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === '') throw new WrongUse(`'${pair}' is no <key>=<value>`);
    return { key, value };
  });
  const byKey = Map.groupBy(read, ({ key }) => key);
  return Object.fromEntries(
    [...byKey].map(([key, several]) => [key, several.map(({ value }) => value)]),
  );
}
