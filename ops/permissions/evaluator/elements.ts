/** The parts of a policy's JSON. */
import { Refusal } from '../../deployment/refusal.ts';

/** Something of IAM that the evaluator does not know; no answer is better than a guessed one. */
export class UnsupportedPolicy extends Refusal {}

/** An object with these members and no others. @throws UnsupportedPolicy */
export function elements(
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnsupportedPolicy(`an object is expected, not ${JSON.stringify(value)}`);
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new UnsupportedPolicy(`the element ${unknown} is not supported by this evaluator`);
  }
  return value as Readonly<Record<string, unknown>>;
}

export function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** One text or several, none of them with a variable such as `${aws:username}`. */
export function texts(value: unknown): readonly string[] {
  const list = listed(value).map((each) =>
    typeof each === 'boolean' || typeof each === 'number' ? String(each) : each,
  );
  if (list.length === 0) throw new UnsupportedPolicy('a list is empty');
  for (const each of list) {
    if (typeof each !== 'string') {
      throw new UnsupportedPolicy(`a text is expected, not ${JSON.stringify(each)}`);
    }
    if (each.includes('${')) {
      throw new UnsupportedPolicy(`policy variables are not supported: '${each}'`);
    }
  }
  return list as readonly string[];
}
