/** Every problem of the table at once, each with environment, setting, value and what was expected. */
import { nameProblems } from './rules/environment-name.ts';
import { type Environment, toEnvironment } from './place.ts';
import { type Problem, sentence, unlike } from './rules/problem.ts';
import { PRODUCTION_RULES } from './rules/production-rules.ts';
import { SETTING_RULES, type SettingRule } from './rules/setting-rules.ts';
import { SettingsError } from './settings-error.ts';
import type { Settings } from './settings.ts';
import { readEntry, type TableEntry } from './rules/table-entry.ts';
import { bucketProblems, pairProblems } from './rules/table-rules.ts';

/** As it is written; Node runs it without a look at its types. */
type Table = Readonly<Record<string, Settings>>;

/**
 * The environments of the table, with their names.
 *
 * @param stateBucket the bucket of all states; by default each account and region has its own
 * @throws SettingsError with every problem of the table
 */
export function loadEnvironments(table: Table, stateBucket?: string): Environment[] {
  // A variable that is set to nothing is not set.
  const bucket = stateBucket === '' ? undefined : stateBucket;
  const problems = problemsOf(table, bucket);
  if (problems.length > 0) throw new SettingsError(problems);
  return Object.entries(table).map(([name, settings]) => toEnvironment(name, settings, bucket));
}

function problemsOf(table: Table, bucket?: string): string[] {
  const entries = Object.entries(table).map(([name, settings]) => readEntry(name, settings));
  if (entries.length === 0) return ['the table is empty: expected an environment, such as dev'];
  return [
    ...entries.flatMap((entry, index) => entryProblems(entry, entries.slice(0, index))),
    ...bucketProblems(bucket, entries),
  ];
}

function entryProblems(entry: TableEntry, earlier: readonly TableEntry[]): string[] {
  const problems = [
    ...entry.malformed,
    ...[...SETTING_RULES, ...PRODUCTION_RULES].flatMap((rule) => broken(rule, entry)),
    ...earlier.flatMap((other) => pairProblems(other, entry)),
  ];
  return [...nameProblems(entry), ...problems.map((problem) => sentence(entry.name, problem))];
}

function broken(rule: SettingRule, { settings, isSound }: TableEntry): Problem[] {
  const { setting, reads = [], holds, expected } = rule;
  if (!isSound(setting, ...reads) || holds(settings)) return [];
  const value = setting.split('.').reduce<unknown>(member, settings);
  return [unlike(setting, value, typeof expected === 'string' ? expected : expected(settings))];
}

function member(whole: unknown, name: string): unknown {
  return (whole as Readonly<Record<string, unknown>>)[name];
}
