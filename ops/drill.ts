/** `npm run drill`: breaks things on purpose while a store is in use, and says what came of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runCommand } from './deployment/command.ts';
import { listenForSignals } from './deployment/interruption.ts';
import { WrongUse } from './deployment/refusal.ts';
import { conduct, isHeld, type Result } from './drill/conduct.ts';
import type { Drill } from './drill/drill.ts';
import { DRILLS } from './drill/drills.ts';
import { withDrills } from './drill/page.ts';
import { machine } from './loopback/machine.ts';

const PAGE = 'docs/reliability.md';

const USAGE = `Usage: npm run drill -- [<drill> ...] [--small] [--times <n>]

Breaks things on purpose while a store is in use, and says what callers noticed. All of it on this
machine, on loopback: a PostgreSQL of its own, the service as in production, its callers.
Run without names it tries every drill, and writes what was measured into ${PAGE}.

  <drill>      only these:
${DRILLS.map(({ name, breaks }) => `                 ${name.padEnd(22)} ${breaks}`).join('\n')}
  --small      the forms that npm test runs, seconds instead of minutes; writes nothing
  --times <n>  so often, one after the other; once by default
  --help       this text

DRILL_SEED=<n> makes the requests of \`fuzz\` those of an earlier run, which says its seed.

Exits with 0 when everything held, 1 when something did not, 64 when the arguments are wrong.
`;

const LEFT =
  'a PostgreSQL may still run on a folder .data/loopback-*; stop it with its postmaster.pid';

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'drill',
    usage: USAGE,
    options: {
      small: { type: 'boolean', default: false },
      times: { type: 'string', default: '1' },
    },
    afterInterruption: 'everything that was started has ended',
    run: ({ values: { small, times }, positionals }) =>
      drill({
        drills: chosen(positionals),
        all: positionals.length === 0,
        small,
        times: count(times),
      }),
  });
  // What a drill that did not end left open must not keep the process.
  setImmediate(() => process.exit());
}

interface Asked {
  readonly drills: readonly Drill[];
  readonly all: boolean;
  readonly small: boolean;
  readonly times: number;
}

async function drill({ drills, all, small, times }: Asked): Promise<number> {
  const signal = listenForSignals(LEFT);
  const rounds: Result[][] = [];
  while (rounds.length < times) {
    if (times > 1) console.log(`\ntime ${rounds.length + 1} of ${times}`);
    const results: Result[] = [];
    const way = { size: small ? 'small' : 'full', say: console.log, signal } as const;
    for await (const result of conduct(drills, way)) results.push(result);
    rounds.push(results);
  }
  const results = rounds.flat();
  const failed = results.filter((result) => !isHeld(result)).length;
  const skipped = results.filter(({ outcome }) => outcome.skipped !== undefined).length;
  if (all && !small) await write(rounds);
  const parts = [`${results.length - failed - skipped} passed`, `${failed} failed`];
  console.log([...parts, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', '));
  return failed === 0 ? 0 : 1;
}

async function write(rounds: readonly Result[][]): Promise<void> {
  const file = fileURLToPath(new URL(`../${PAGE}`, import.meta.url));
  const date = new Date().toISOString().slice(0, 10);
  const command = `npm run drill${rounds.length > 1 ? ` -- --times ${rounds.length}` : ''}`;
  const page = await readFile(file, 'utf8');
  await writeFile(file, withDrills(page, rounds, { command, date, machine: machine() }));
  console.log(`written: ${PAGE}`);
}

/** @throws WrongUse */
function chosen(names: readonly string[]): readonly Drill[] {
  if (names.length === 0) return DRILLS;
  return names.map((name) => {
    const found = DRILLS.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw new WrongUse(
      `there is no drill ${JSON.stringify(name)}: there are ${DRILLS.map((each) => each.name).join(', ')}`,
    );
  });
}

/** @throws WrongUse */
function count(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new WrongUse(`--times needs a number from 1 to 99, not ${JSON.stringify(text)}`);
}
