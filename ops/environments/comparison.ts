/** What environments have in common and what not, setting by setting. */
import type { Environment } from '../../stacks/place.ts';
import { type Settings, SettingsSchema } from '../../stacks/settings.ts';

/** A setting by its dotted name, with its value in each environment. */
interface Row {
  readonly name: string;
  readonly values: readonly string[];
}

export interface Comparison {
  readonly environments: readonly string[];
  readonly differing: readonly Row[];
  readonly same: readonly Row[];
}

type Table = Readonly<Record<string, Settings>>;

/** The names first that everything bears, then the settings in the order of their form. */
export function compare(environments: readonly Environment[], table: Table): Comparison {
  const columns = environments.map((environment) => ({
    ...namesOf(environment),
    ...inOrder(table[environment.name]),
  }));
  const names = new Set(columns.flatMap((column) => Object.keys(column)));
  const rows = [...names].map((name) => ({
    name,
    values: columns.map((column) => column[name] ?? '-'),
  }));
  return {
    environments: environments.map(({ name }) => name),
    differing: rows.filter(differs),
    same: rows.filter((row) => !differs(row)),
  };
}

function differs({ values }: Row): boolean {
  return new Set(values).size > 1;
}

/** What people type and look for, which follows from the settings. */
function namesOf({ label, prefix, stateBucket }: Environment): Readonly<Record<string, string>> {
  return {
    '(stacks)': `${label}-*`,
    '(resource prefix)': prefix,
    '(state bucket)': stateBucket,
  };
}

function inOrder(settings: Settings | undefined): Readonly<Record<string, string>> {
  const values: Readonly<Record<string, unknown>> = { ...settings };
  const set = Object.keys(SettingsSchema.properties).filter((key) => values[key] !== undefined);
  return flat(Object.fromEntries(set.map((key) => [key, values[key]])));
}

/** `{ network: { zones: ['a', 'b'] } }` is `network.zones`: `a, b`. */
function flat(value: unknown, name = ''): Record<string, string> {
  if (Array.isArray(value)) return { [name]: value.length === 0 ? 'none' : value.join(', ') };
  if (typeof value !== 'object' || value === null) return { [name]: String(value) };
  const parts = Object.entries(value).map(([key, part]) =>
    flat(part, name === '' ? key : `${name}.${key}`),
  );
  return Object.assign({}, ...parts) as Record<string, string>;
}
