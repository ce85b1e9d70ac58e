/** `npm run environments`: every setting of every environment, what differs first. */
import { parseArgs } from 'node:util';
import { compare } from './environments/comparison.ts';
import { page } from './environments/page.ts';
import { stackNames } from './environments/stack-names.ts';
import { loadEnvironments } from '../stacks/environment-rules.ts';
import { environments } from '../stacks/environments.ts';
import type { Environment } from '../stacks/place.ts';
import { nearestName } from '../stacks/rules/nearest-name.ts';
import { SettingsError } from '../stacks/settings-error.ts';
import type { Settings } from '../stacks/settings.ts';

const USAGE = `Usage: npm run environments -- [<environment>...] [--json]

Shows the environments of stacks/environments.ts side by side: first the settings
that differ, then those that are the same everywhere, then the names of the stacks.

  <environment>   only these, such as \`dev prod\`; all by default
  --json          for programs: settings and names of each, and what differs
  --help          this text

Exits with 0, with 1 when the table has a mistake, with 64 when the arguments are wrong.
`;

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;

/** Characters of a line that go nowhere in particular. */
const PLAIN_WIDTH = 100;

const table: Readonly<Record<string, Settings>> = environments;

interface Arguments {
  readonly names: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
}

function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return { names: positionals, ...values };
}

/** In the order of the table, whatever the order of the names. */
function pick(all: readonly Environment[], names: readonly string[]): readonly Environment[] {
  const known = all.map(({ name }) => name);
  for (const name of names.filter((one) => !known.includes(one))) {
    const meant = nearestName(name, known);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    throw new Error(`there is no environment '${name}'${hint} (there are ${known.join(', ')})`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

function show(all: readonly Environment[], { names, json }: Arguments): void {
  const picked = pick(all, names);
  const comparison = compare(picked, table);
  // Of all: what an account's stacks are called depends on whether there are several.
  const owners = stackNames(all).filter(({ environments: needing }) =>
    picked.some(({ name }) => needing.includes(name)),
  );
  if (!json) {
    process.stdout.write(page(comparison, owners, process.stdout.columns || PLAIN_WIDTH));
    return;
  }
  const settings = Object.fromEntries(picked.map(({ name }) => [name, table[name]]));
  const differing = comparison.differing.map(({ name }) => name);
  const stacks = owners.map(({ owner, environments: needing, place, stacks: applied }) => {
    const { prefix, stateBucket } = place;
    return { owner, environments: needing, prefix, stateBucket, stacks: applied };
  });
  console.log(JSON.stringify({ settings, differing, stacks }, null, 2));
}

function main(): number {
  try {
    const options = readArguments();
    if (options.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    show(loadEnvironments(table, process.env['STORE_STATE_BUCKET']), options);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof SettingsError) {
      console.error(message);
      return 1;
    }
    console.error(`environments: ${message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
}

if (import.meta.main) process.exitCode = main();
