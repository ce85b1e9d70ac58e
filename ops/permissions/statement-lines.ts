/** A statement as lines for people. */
import { type Condition, operatorOf } from './evaluator/conditions.ts';
import type { Patterns, Statement } from './evaluator/policy.ts';
import type { Principal } from './evaluator/principals.ts';

/** Characters in a line. */
const WIDTH = 100;
/** Of the column before each line, where the first one's label stands. */
const LABEL = 13;
const LEFT = WIDTH - LABEL - '  '.length;

/** How a resource is written: whole, or without what all have in common. */
export type Shortened = (arn: string) => string;

/** Actions, then what they are for, then when. */
export function statementLines(statement: Statement, shortened: Shortened): string[] {
  const { effect, actions, resources, conditions } = statement;
  const on = resources === undefined ? [] : patternsOf(resources).map(shortened);
  return labelled(effect === 'Allow' ? 'may' : 'may not', [
    ...wrapped(patternsOf(actions)),
    ...on.map((each, at) => `  ${at === 0 ? 'on' : '  '} ${each}`),
    ...conditionLines(conditions, shortened),
  ]);
}

/** Whom a trust policy means, and when. */
export function trustLines(statement: Statement, shortened: Shortened): string[] {
  const { effect, principals = [], conditions } = statement;
  return labelled(effect === 'Allow' ? 'taken on by' : 'never by', [
    ...wrapped(principals.map(principalName)),
    ...conditionLines(conditions, shortened),
  ]);
}

/** The label before the first line. */
export function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, at) => `  ${(at === 0 ? label : '').padEnd(LABEL)}${line}`);
}

/** As many on a line as there is room for. */
export function wrapped(words: readonly string[]): string[] {
  const rows: string[] = [];
  for (const word of words) {
    const row = rows.at(-1);
    const longer = `${row}, ${word}`;
    if (row !== undefined && longer.length <= LEFT) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}

function principalName({ type, name }: Principal): string {
  if (type === 'everybody') return 'everybody';
  return type === 'account' ? `whom account ${name} lets` : name;
}

function patternsOf({ allBut, patterns }: Patterns): string[] {
  return allBut ? ['everything but', ...patterns] : [...patterns];
}

function conditionLines(conditions: readonly Condition[], shortened: Shortened): string[] {
  return conditions.flatMap((condition, at) => {
    const head = `  ${at === 0 ? 'if ' : 'and'} ${condition.key} ${operatorOf(condition)}`;
    const values = condition.values.map(shortened);
    const line = `${head} ${values.join(' or ')}`;
    return line.length <= LEFT ? [line] : [head, ...values.map((value) => `        ${value}`)];
  });
}
