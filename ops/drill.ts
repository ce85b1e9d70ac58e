/** `npm run drill`: breaks things on purpose while a store is in use, and says what came of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runCommand } from './deployment/command.ts';
import { listenForSignals } from './deployment/interruption.ts';
import { WrongUse } from './deployment/refusal.ts';
import { conduct, isHeld, type Result } from './drill/conduct.ts';
import type { Drill } from './drill/drill.ts';
import { DRILLS } from './drill/drills.ts';
import { withResults } from './drill/page.ts';
import { machine } from './loopback/machine.ts';

const PAGE = 'docs/reliability.md';

const USAGE = `Usage: npm run drill -- [<drill> ...] [--small] [--times <n>]

Breaks things on purpose while a store is in use, and says what callers noticed. All of it on this
machine, on loopback: a PostgreSQL of its own, the service as in production, its callers.
Run without names it tries every drill. What came of each is written into ${PAGE} at
once, so what was interrupted is not lost: begin again with the names that are left.

  <drill>      only these:
${DRILLS.map(({ name, breaks }) => `                 ${name.padEnd(22)} ${breaks}`).join('\n')}
  --small      the forms that npm test runs, seconds instead of minutes; writes nothing
  --times <n>  each so often in a row; once by default
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
        small,
        times: count(times),
      }),
  });
  // What a drill that did not end left open must not keep the process.
  setImmediate(() => process.exit());
}

interface Asked {
  readonly drills: readonly Drill[];
  readonly small: boolean;
  readonly times: number;
}

async function drill({ drills, small, times }: Asked): Promise<number> {
  const signal = listenForSignals(LEFT);
  const way = { size: small ? 'small' : 'full', say: console.log, signal } as const;
  const results: Result[] = [];
  for (const each of drills) {
    const inARow: Result[] = [];
    for await (const result of conduct(Array<Drill>(times).fill(each), way)) inARow.push(result);
    if (!small) await write(inARow);
    results.push(...inARow);
  }
  const failed = results.filter((result) => !isHeld(result)).length;
  const skipped = results.filter(({ outcome }) => outcome.skipped !== undefined).length;
  if (!small) console.log(`written: ${PAGE}`);
  const parts = [`${results.length - failed - skipped} passed`, `${failed} failed`];
  console.log([...parts, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', '));
  return failed === 0 ? 0 : 1;
}

async function write(results: readonly Result[]): Promise<void> {
  const file = fileURLToPath(new URL(`../${PAGE}`, import.meta.url));
  const date = new Date().toISOString().slice(0, 10);
  const page = await readFile(file, 'utf8');
  await writeFile(file, withResults(page, results, { date, machine: machine() }));
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
