/** The tests go on from each other, on one folder of data: every start costs a second. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const FOLDER = join(import.meta.dirname, `../../.data/start-test-${process.pid}`);
const DATA = join(FOLDER, 'kept');
/** Milliseconds a test may take. */
const PATIENCE = 60_000;

interface Run {
  readonly process: ChildProcess;
  /** Standard output and error, so far. */
  readonly output: () => string;
  /** The exit code, or the signal. */
  readonly end: Promise<number | string>;
}

const runs: Run[] = [];

function start(args: readonly string[] = ['--data', DATA], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../start.ts'), ...args], {
    env: { ...process.env, PORT: '0', DATABASE_URL: '', AUTH_ISSUER: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const end = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const run: Run = { process: child, output: () => output, end };
  runs.push(run);
  return run;
}

/** @throws Error with the output when the process ends before */
async function until(run: Run, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    const ended = await Promise.race([run.end, wait(20)]);
    if (ended !== undefined) throw new Error(`ended with ${ended}: ${run.output()}`);
  }
}

async function started(): Promise<Run> {
  const run = start();
  await until(run, () => run.output().includes('Started in'));
  return run;
}

/** The lines to paste. */
function lines({ output }: Run): string[] {
  return output()
    .split('\n')
    .filter((line) => /^(export|curl) /.test(line));
}

async function paste(pasted: readonly string[]) {
  const { stdout } = await promisify(execFile)('bash', ['-c', pasted.join('\n')]);
  const answers = stdout.trim().split('\n');
  return answers.map((answer) => JSON.parse(answer) as { id: string; items: { id: string }[] });
}

function serverPid(): number {
  return Number.parseInt(readFileSync(join(DATA, 'postgres/data/postmaster.pid'), 'utf8'), 10);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** It takes its pid file away a moment before it ends. */
async function hasEnded(pid: number): Promise<boolean> {
  const deadline = performance.now() + 5000;
  while (isAlive(pid) && performance.now() < deadline) await wait(10);
  return !isAlive(pid);
}

afterAll(async () => {
  for (const run of runs) run.process.kill('SIGKILL');
  if (existsSync(join(DATA, 'postgres/data/postmaster.pid'))) process.kill(serverPid(), 'SIGQUIT');
  await rm(FOLDER, { recursive: true, force: true, maxRetries: 20 });
});

let run: Run;
let orderId: string | undefined;

test(
  'Ctrl-C in the middle of making the database leaves nothing half made',
  async () => {
    const interrupted = start(['--data', join(FOLDER, 'interrupted')]);
    const isMaking = () =>
      existsSync(join(FOLDER, 'interrupted')) &&
      readdirSync(join(FOLDER, 'interrupted')).some((name) => name.startsWith('postgres.new-'));
    await until(interrupted, isMaking);

    interrupted.process.kill('SIGINT');

    expect(await interrupted.end).toBe(0);
    expect(readdirSync(join(FOLDER, 'interrupted'))).toEqual(['postgres']);
    expect(readdirSync(join(FOLDER, 'interrupted/postgres/data'))).not.toContain('postmaster.pid');
  },
  PATIENCE,
);

test(
  'the printed lines can be pasted: products, an order, the orders',
  async () => {
    run = await started();

    const [products, order, orders] = await paste(lines(run));

    expect(products?.items).toHaveLength(3);
    orderId = order?.id;
    expect(orders?.items.map(({ id }) => id)).toContain(orderId);
  },
  PATIENCE,
);

test(
  'a second start on the same data is refused, and the first goes on',
  async () => {
    const second = start();

    expect(await second.end).toBe(1);

    expect(second.output()).toContain('is in use by another process');
    await expect(paste(lines(run).slice(0, 3))).resolves.toHaveLength(1);
  },
  PATIENCE,
);

test(
  'Ctrl-C stops everything; the next start finds what was stored',
  async () => {
    const server = serverPid();

    run.process.kill('SIGINT');

    expect(await run.end).toBe(0);
    expect(await hasEnded(server)).toBe(true);
    run = await started();
    const [orders] = await paste([...lines(run).slice(0, 2), lines(run).at(-1) ?? '']);
    expect(orders?.items.map(({ id }) => id)).toContain(orderId);
  },
  PATIENCE,
);

test(
  'the database of a start that was killed is taken over by the next, and stopped with it',
  async () => {
    const server = serverPid();
    run.process.kill('SIGKILL');
    await run.end;

    run = await started();

    expect(serverPid()).toBe(server);
    run.process.kill('SIGTERM');
    expect(await run.end).toBe(0);
    expect(await hasEnded(server)).toBe(true);
  },
  PATIENCE,
);

test(
  'what is wrong is said before anything is started',
  async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const data = ['--data', join(FOLDER, 'unused')];

    const refused = [start(data, { PORT: `${port}` }), start(data, { PORT: 'x' }), start(['--x'])];
    const ends = await Promise.all(refused.map(({ end }) => end));
    taken.close();

    expect(ends).toEqual([1, 78, 64]);
    const outputs = refused.map(({ output }) => output());
    expect(outputs[0]).toContain(`port ${port} is taken: run PORT=${port + 1} npm start`);
    expect(outputs[1]).toContain('PORT must be integer, not "x"');
    expect(outputs[2]).toContain('Usage: npm start');
    expect(existsSync(join(FOLDER, 'unused'))).toBe(false);
  },
  PATIENCE,
);
