/** `npm run bench`: how fast the store is, beside others that do the same on the same machine. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FULL, QUICK } from './bench/scale.ts';
import { judge } from './bench/goals.ts';
import { drawChart } from './bench/report/chart.ts';
import { report } from './bench/report/report.ts';
import type { Results } from './bench/results.ts';
import { failuresOf, type Measured } from './bench/rounds.ts';
import { runBenchmark } from './bench/run.ts';
import { runCommand } from './deployment/command.ts';
import { listenForSignals } from './deployment/interruption.ts';
import { Progress } from './deployment/progress.ts';
import { WrongUse } from './deployment/refusal.ts';

const USAGE = `Usage: npm run bench -- [--quick] [--growth]

Starts a PostgreSQL of its own with 100,000 products, 10,000 customers and 200,000 orders, and on
it this store in its production configuration, Express, Fastify, NestJS and node:http; checks that
they answer the same, and measures them in turns. pgbench shows the limit, where it is installed;
wrk asks too, where it is. The peers are installed into ops/bench/peers at the first run.
Writes docs/performance.md and its chart. It takes about 25 minutes: leave the machine alone.

  --quick   a tenth of the data, short rounds, about 4 minutes; writes to .data/bench: it shows
            that the benchmark works, and its figures are worth little
  --growth  also with ten times the rows, ten times the connections, and 1 to 4 processes: half
            as long again
  --help    this text

Exits with 0 when it was measured, goals met or not; 1 when something failed, one request got no
good answer, for then the figures are void, or a statement reads a large table from end to end;
64 when the arguments are wrong; 130 after Ctrl-C.
`;

const ROOT = join(import.meta.dirname, '..');

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'bench',
    usage: USAGE,
    options: {
      quick: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
    },
    afterInterruption: 'nothing was written',
    run: ({ values, positionals }) => {
      if (positionals.length > 0) throw new WrongUse(`it takes no ${positionals.join(' ')}`);
      return bench(values);
    },
  });
}

interface Wanted {
  readonly quick: boolean;
  readonly growth: boolean;
}

async function bench({ quick, growth }: Wanted): Promise<number> {
  const flags = [...(quick ? ['--quick'] : []), ...(growth ? ['--growth'] : [])];
  const results = await runBenchmark({
    scale: quick ? QUICK : FULL,
    growth,
    command: ['npm run bench', ...(flags.length > 0 ? ['--', ...flags] : [])].join(' '),
    progress: new Progress(),
    signal: listenForSignals('a PostgreSQL below .data may be left running'),
  });
  const failures = failuresOf(mustSucceed(results));
  for (const failure of failures) console.error(`bench: ${failure}`);
  if (failures.length > 0) {
    console.error('bench: void, for requests failed: nothing was written');
    return 1;
  }
  const page = join(ROOT, quick ? '.data/bench' : 'docs', 'performance.md');
  await write(page, results);
  show(results, page);
  return tellScans(results);
}

/** All but the load of ten times the connections, part of which the store may refuse. */
function mustSucceed({ measured, byWrk = [], growth }: Results): Measured[] {
  const { rows = [], processes = [] } = growth ?? {};
  return [...measured, ...byWrk, ...rows, ...processes];
}

async function write(page: string, results: Results): Promise<void> {
  const chart = page.replace(/\.md$/, '.svg');
  await mkdir(dirname(page), { recursive: true });
  await writeFile(chart, drawChart(results));
  await writeFile(page, report(results));
}

/** @returns the exit code */
function tellScans({ growth }: Results): number {
  const scanning = growth?.plans.filter(({ scanned }) => scanned.length > 0) ?? [];
  for (const { statement, scanned } of scanning)
    console.error(`bench: ${statement} reads all of ${scanned.join(', ')}`);
  return scanning.length === 0 ? 0 : 1;
}

function show(results: Results, page: string): void {
  for (const { what, goal, measured = 'not measured', met } of judge(results)) {
    const mark = met === undefined ? '-     ' : met ? 'met   ' : 'MISSED';
    console.log(`${mark}  ${what}: ${measured}, goal ${goal}`);
  }
  console.log(`written: ${page}`);
}
