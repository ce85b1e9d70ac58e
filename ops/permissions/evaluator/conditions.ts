/**
 * Conditions of statements. Source of all of it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * and, for several values,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import { texts, UnsupportedPolicy } from './elements.ts';
import { isNegated, isOperator, type Operator, valueMatches } from './operators.ts';

/** What AWS knows about a request: `aws:SourceAccount`, in whichever case. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

export interface Condition {
  readonly operator: Operator | 'Null';
  readonly forValues?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** @throws UnsupportedPolicy for an operator that is not known */
export function readConditions(written: unknown): readonly Condition[] {
  if (written === undefined) return [];
  return Object.entries(objectOf(written)).flatMap(([operator, keys]) =>
    Object.entries(objectOf(keys)).map(([key, values]) =>
      readCondition(operator, key, texts(values)),
    ),
  );
}

/** As it stood in the policy. */
export function operatorOf({ operator, forValues, ifExists }: Condition): string {
  return `${forValues === undefined ? '' : `${forValues}:`}${operator}${ifExists ? 'IfExists' : ''}`;
}

/**
 * All keys and operators of a statement must hold; of the values of a key one is enough, and of
 * those of a negated operator none may be there.
 *
 * @throws UnsupportedPolicy where AWS does not say what happens
 */
export function holds(condition: Condition, context: Context): boolean {
  const { operator, forValues, ifExists, key, values } = condition;
  const present = valuesOf(context, key);
  if (operator === 'Null') return isAbsent(values) === (present === undefined);
  const negated = isNegated(operator);
  const matches = (value: string) =>
    values.some((expected) => valueMatches(operator, value, expected)) !== negated;
  if (forValues === 'ForAllValues') return present === undefined || present.every(matches);
  if (forValues === 'ForAnyValue') return present === undefined ? ifExists : present.some(matches);
  // What is not there is different from everything, and equal to nothing.
  if (present === undefined) return ifExists || negated;
  const [value, another] = present;
  if (value === undefined || another !== undefined) {
    throw new UnsupportedPolicy(
      `${key} has ${present.length} values: its condition needs ForAllValues or ForAnyValue`,
    );
  }
  return matches(value);
}

const OPERATOR =
  /^(?:(?<forValues>ForAllValues|ForAnyValue):)?(?<name>\w+?)(?<ifExists>IfExists)?$/;

function readCondition(written: string, key: string, values: readonly string[]): Condition {
  const { forValues, name = '', ifExists } = OPERATOR.exec(written)?.groups ?? {};
  const isPlainNull = written === 'Null';
  if (!isPlainNull && !isOperator(name)) {
    throw new UnsupportedPolicy(`the condition operator ${written} is not supported`);
  }
  return {
    operator: name as Condition['operator'],
    ...(forValues !== undefined && {
      forValues: forValues as NonNullable<Condition['forValues']>,
    }),
    ifExists: ifExists !== undefined,
    key,
    values,
  };
}

/** Nothing is as good as absent. */
function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const found = Object.entries(context).find(
    ([name]) => name.toLowerCase() === key.toLowerCase(),
  )?.[1];
  const values = typeof found === 'string' ? [found] : (found ?? []);
  return values.length === 0 ? undefined : values;
}

function isAbsent(values: readonly string[]): boolean {
  const [value, another] = values;
  if (another !== undefined || (value !== 'true' && value !== 'false')) {
    throw new UnsupportedPolicy(`Null is ${JSON.stringify(values)}, neither true nor false`);
  }
  return value === 'true';
}

function objectOf(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UnsupportedPolicy(`a condition is an object, not ${JSON.stringify(value)}`);
}
