/** The table with other settings, and what is said of it. */
import { loadEnvironments } from '../environment-rules.ts';
import { SettingsError } from '../settings-error.ts';
import type { Settings } from '../settings.ts';
import { someTable } from './some-table.ts';

type Table = Record<string, Settings>;
type Node = Record<string, unknown>;

/** @param changes new values by `prod.network.cidr`; undefined takes the setting away */
export function tableWith(changes: Readonly<Record<string, unknown>>): Table {
  // Without the parts that environments share: a change of one is no change of another.
  const table = JSON.parse(JSON.stringify(someTable)) as Node;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((node, key) => node[key] as Node, table);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return table as Table;
}

/** What is wrong with a table; nothing when it can be built. */
export function problemsOf(table: Table, stateBucket?: string): readonly string[] {
  try {
    loadEnvironments(table, stateBucket);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}
