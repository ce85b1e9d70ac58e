/** `npm run rename -- <name>`: gives the project its own name, before anything of it is in AWS. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../contract.ts';
import { readRecords } from '../stacks/addresses/records.ts';
import { environments } from '../stacks/environments.ts';
import type { Settings } from '../stacks/settings.ts';
import { isWord } from './rename/mentions.ts';
import { expectedName } from './rename/new-name.ts';
import { refuseRecorded } from './rename/recorded.ts';
import { type Change, changesOf, write } from './rename/tree.ts';

const USAGE = `Usage: npm run rename -- <name> [--dry-run]

Sets the project's name, which is ${PROJECT} now, everywhere it stands: contract.ts,
from which the names of all resources come, packages, the image, documents, tests.
LICENSE stays. Run again, it finishes what was interrupted.

  <name>       such as acme-shop
  --dry-run    shows the lines as they would be, and changes nothing
  --help       this text

Before the first deploy only. Afterwards a new name means new resources: another state
bucket, another registry, and environments that are built anew, with no data, beside
the old ones, which stay. So it refuses while stacks/addresses says that anything exists.

Exits with 0, with 1 when it could not end, with 64 when the arguments are wrong.
`;

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;

const ROOT = join(import.meta.dirname, '..');

/** What an account has once, and what the template's tests call environments. */
const OTHER_LABELS = ['state', 'registry', 'dev', 'staging', 'prod'];

class UsageError extends Error {}

interface Arguments {
  readonly name: string;
  readonly dryRun: boolean;
  readonly help: boolean;
}

function readArguments(): Arguments {
  const { values, positionals } = parse();
  const { help, 'dry-run': dryRun } = values;
  const [name = '', ...others] = positionals;
  if (help) return { name, dryRun, help };
  if (name === '' || others.length > 0) {
    throw new UsageError(`one name is needed, not ${JSON.stringify(positionals)}`);
  }
  if (name === PROJECT) throw new UsageError(`the project is called ${name} already`);
  const expected = expectedName(name, { labels: labels(), dependencies: dependencies() });
  if (expected !== undefined) throw new UsageError(`the name is '${name}': expected ${expected}`);
  return { name, dryRun, help };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Without the table's other checks: a shorter name may be what it needs. */
function labels(): string[] {
  const table: Readonly<Record<string, Settings>> = environments;
  return Object.entries(table).map(([name, { suffix }]) =>
    suffix === undefined ? name : `${name}-${suffix}`,
  );
}

function dependencies(): string[] {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  const { dependencies: run, devDependencies: build } = JSON.parse(text) as Record<string, object>;
  return Object.keys({ ...run, ...build });
}

function show(changes: readonly Change[]): void {
  for (const { path, lines } of changes) {
    for (const { number, text } of lines) console.log(`${path}:${number}  ${text.trim()}`);
  }
}

/** Longer and shorter names break lines elsewhere; the last file is written when all else is done. */
function apply(changes: readonly Change[]): void {
  write(ROOT, changes.slice(0, -1));
  const code = changes.map(({ path }) => path).filter((path) => path.endsWith('.ts'));
  execFileSync('npx', ['oxfmt', ...code], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  write(ROOT, changes.slice(-1));
}

function rename({ name, dryRun }: Arguments): void {
  refuseRecorded(readRecords(), PROJECT);
  const changes = changesOf(ROOT, {
    from: PROJECT,
    to: name,
    labels: [...labels(), ...OTHER_LABELS],
  });
  if (dryRun) {
    show(changes);
    console.log(`\n${changes.length} files would change. Nothing is changed.`);
    return;
  }
  apply(changes);
  console.log(`${PROJECT} is called ${name} now, in ${changes.length} files. Next: npm run check
What is deployed already keeps the old name, and ${name} would be built beside it.`);
  if (isWord(PROJECT)) {
    console.log(
      `'${PROJECT}' is a word that may mean other things, so only what is certainly the name was\nchanged. Read the rest: git grep --line-number --word-regexp ${PROJECT}`,
    );
  }
}

function main(): number {
  try {
    const options = readArguments();
    if (options.help) process.stdout.write(USAGE);
    else rename(options);
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    console.error(`rename: ${(error as Error).message}${isUsage ? `\n\n${USAGE}` : ''}`);
    return isUsage ? EXIT_USAGE : 1;
  }
}

if (import.meta.main) process.exitCode = main();
