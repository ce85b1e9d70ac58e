/** `npm run budgets`: what the infrastructure's program costs, beside what it may cost. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { median } from './bench/statistics.ts';

const USAGE = `Usage: npm run budgets

Measures the synthesis of all environments, the type check and the stacks' unit tests,
each in a process of its own, beside its budget. A machine that is busy is slow: a
budget that is exceeded is shown, and fails nothing.

  --help    this text

Exits with 0, with 1 when something could not be run, with 64 when the arguments are wrong.
`;

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;

/** Of so many runs the one in the middle counts. */
const RUNS = 5;

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Loaded before the program: says at its end the most memory that it had, in KiB. */
const MEMORY_MARK = 'peak-memory-kib:';
const SAY_MEMORY = `data:text/javascript,process.on('exit',()=>console.error('${MEMORY_MARK}'+process.resourceUsage().maxRSS))`;

interface Measurement {
  readonly seconds: number;
  /** Millions of bytes; 0 when it was not measured. */
  readonly megabytes: number;
}

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly budget: number;
  readonly unit: 's' | 'MB';
}

async function* figures(): AsyncGenerator<Figure> {
  const what = `synthesis of all environments, median of ${RUNS}`;
  const runs = await synthesise();
  const seconds = median(runs.map((run) => run.seconds));
  const megabytes = median(runs.map((run) => run.megabytes));
  yield { what, value: seconds, budget: 2, unit: 's' };
  yield { what: 'its peak memory', value: megabytes, budget: 250, unit: 'MB' };

  const types = await measure([script('typescript/bin/tsc'), '--noEmit', '--checkers', '1']);
  yield { what: 'type check', value: types.seconds, budget: 5, unit: 's' };

  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const tests = await measure([...flags, script('jest/bin/jest'), '--selectProjects=stacks']);
  yield { what: "the stacks' unit tests", value: tests.seconds, budget: 15, unit: 's' };
}

async function synthesise(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'budgets-'));
  try {
    const runs: Measurement[] = [];
    while (runs.length < RUNS) {
      runs.push(await measure(['--import', SAY_MEMORY, 'main.ts'], { CDKTF_OUTDIR: folder }));
    }
    return runs;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs Node in the project. @throws Error with what the program said when it fails */
function measure(args: readonly string[], environment: object = {}): Promise<Measurement> {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - start) / 1000;
      const kib = Number(new RegExp(`${MEMORY_MARK}(\\d+)`).exec(said)?.[1] ?? 0);
      if (code === 0) resolve({ seconds, megabytes: (kib * 1024) / 1e6 });
      else reject(new Error(`node ${args.join(' ')} ended with ${code}:\n${said}`));
    });
  });
}

/** The file behind a package's command. */
function script(path: string): string {
  return join(ROOT, 'node_modules', path);
}

function print({ what, value, budget, unit }: Figure): void {
  const [digits, isOver] = [unit === 's' ? 1 : 0, value > budget];
  const verdict = isOver ? styleText('yellow', 'over') : 'ok';
  const shown = `${value.toFixed(digits)} ${unit}`.padStart(8);
  console.log(`${what.padEnd(44)}${shown}  of ${`${budget} ${unit}`.padStart(6)}  ${verdict}`);
}

async function main(): Promise<number> {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
  } catch (error) {
    console.error(`budgets: ${(error as Error).message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  try {
    for await (const figure of figures()) print(figure);
    return 0;
  } catch (error) {
    console.error(`budgets: ${(error as Error).message}`);
    return 1;
  }
}

process.exitCode = await main();
