import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../plan-document.ts';
import { RANKS } from '../ranks.ts';
import { nameOf } from '../testing/case.ts';
import { CASES } from '../testing/cases/cases.ts';
import { RULES } from './rules.ts';

const PLANS = join(import.meta.dirname, '../testing/plans');
const ALL = Object.values(CASES).flat();

const changes = Object.keys(CASES).flatMap((name) => {
  const file = `${name}.json`;
  return readPlan(readFileSync(join(PLANS, file), 'utf8'), file).changes;
});
const changeOf = new Map(changes.map((change) => [change.address, change]));

test.each(RULES.map(({ id }) => id))('%s has a case that fires it, and a near miss', (id) => {
  const cases = ALL.filter(({ rule }) => rule === id);

  expect(new Set(cases.map(({ fires }) => fires))).toEqual(new Set([true, false]));
});

test.each(ALL)('$rule: $name ($fires)', ({ rule: id, name, fires, type }) => {
  const change = changeOf.get(`${type}.${nameOf({ rule: id, name })}`);
  if (change === undefined)
    throw new Error('Terraform changes nothing here, so that it proves nothing');
  const rule = RULES.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);

  const remarks =
    rule.types === 'every' || rule.types.has(type) ? rule.judge(change, [change]) : [];

  expect(remarks.length > 0).toBe(fires);
  for (const { what, why } of remarks) {
    expect(what).toMatch(/^[a-z]/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  }
});

test('each rule has a name of its own, and a rank that there is', () => {
  const ranks = new Set<string>(RANKS.map(({ name }) => name));

  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  expect(RULES.filter(({ rank }) => !ranks.has(rank))).toEqual([]);
});
