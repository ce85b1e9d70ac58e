import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killMarked } from './processes.ts';
import type { RunRecord } from './run-folder.ts';

const PROGRAM = fileURLToPath(import.meta.resolve('../rehearse.ts'));
const data = mkdtempSync(join(tmpdir(), 'rehearse-test-'));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true, maxRetries: 20 });
});

/** Of the control plane alone: no container engine is there. */
function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DOCKER_HOST: 'unix:///nowhere.sock',
      STORE_DATA: data,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const end = once(child, 'close').then(([code]) => code as number | null);
  return { child, end, output: () => output };
}

type Rehearsal = ReturnType<typeof start>;

/** Milliseconds: on a machine that does other things meanwhile. */
const PATIENCE = 240_000;

/** @throws Error with the output when it ends before */
async function until({ output, child }: Rehearsal, condition: () => boolean) {
  const deadline = performance.now() + PATIENCE;
  while (!condition()) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(output());
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const folderOf = ({ output }: Rehearsal) => /in (\S+rehearsals\S+)/.exec(output())?.[1] ?? '';
const recordOf = (rehearsal: Rehearsal) =>
  JSON.parse(readFileSync(join(folderOf(rehearsal), 'record.json'), 'utf8')) as RunRecord;

/** Until Terraform is at work for the bootstrap. */
async function bootstrapping(...args: readonly string[]) {
  const rehearsal = start('dev', '--only', 'bootstrap', ...args);
  await until(rehearsal, () => {
    const log = join(folderOf(rehearsal), 'bootstrap.log');
    return existsSync(log) && readFileSync(log, 'utf8').includes('Creating...');
  });
  return rehearsal;
}

function childrenOf(parent: number): { pid: number; command: string }[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([pid, ppid, ...command]) =>
    Number(ppid) === parent ? [{ pid: Number(pid), command: command.join(' ') }] : [],
  );
}

/** The gateway's port answers. */
function isUp({ registries }: RunRecord): Promise<boolean> {
  return fetch(`http://${registries[0] ?? ''}/_ministack/health`).then(
    () => true,
    () => false,
  );
}

test('two at once do not meet: each has its own port, folder and names', async () => {
  const both = await Promise.all([bootstrapping(), bootstrapping()]);

  const [one, other] = both.map(recordOf);
  expect(one?.registries).not.toEqual(other?.registries);
  expect(one?.network).not.toBe(other?.network);
  for (const { child } of both) child.kill('SIGINT');
  expect(await Promise.all(both.map(({ end }) => end))).toEqual([130, 130]);
});

test('without a container engine it says at once what is therefore left out', async () => {
  const rehearsal = start('dev', '--only', 'prepare');

  expect(await rehearsal.end).toBe(0);
  expect(rehearsal.output()).toContain('no container engine answers');
  const report = readFileSync(join(folderOf(rehearsal), 'report.md'), 'utf8');
  expect(report).toMatch(/## Left out\n\n- no container engine answers/);
});

test('a killed one is cleaned up by `clean`: emulator and commands are gone', async () => {
  const killed = await bootstrapping();
  const record = recordOf(killed);
  const before = await isUp(record);

  killed.child.kill('SIGKILL');
  await killed.end;
  const cleaning = start('clean');
  const code = await cleaning.end;

  expect(before).toBe(true);
  expect([code, cleaning.output()]).toEqual([0, expect.stringContaining(folderOf(killed))]);
  expect(killMarked(record.id)).toEqual([]);
  expect(recordOf(killed)).toMatchObject({ isClean: true });
  expect(readdirSync(folderOf(killed))).not.toContain('synth');
  const deadline = performance.now() + 10_000;
  while ((await isUp(record)) && performance.now() < deadline);
  expect(await isUp(record)).toBe(false);
});

test('an emulator that ends by itself is reported as that, at once', async () => {
  const rehearsal = await bootstrapping();
  const emulator = childrenOf(rehearsal.child.pid ?? 0).find(({ command }) =>
    command.includes('run.py'),
  );

  process.kill(emulator?.pid ?? 0, 'SIGKILL');
  const code = await rehearsal.end;

  expect(code).toBe(1);
  expect(rehearsal.output()).toMatch(
    /rehearse: the emulated AWS has ended by itself: .*emulator\.log/s,
  );
  expect(recordOf(rehearsal).isClean).toBe(true);
});

test('Ctrl-C ends it and all it started', async () => {
  const rehearsal = await bootstrapping();
  const record = recordOf(rehearsal);

  rehearsal.child.kill('SIGINT');
  const code = await rehearsal.end;

  expect([code, rehearsal.output()]).toEqual([130, expect.any(String)]);
  expect(recordOf(rehearsal)).toMatchObject({ isClean: true });
  expect(await isUp(record)).toBe(false);
  expect(rehearsal.output()).toMatch(/^0 passed, 1 failed$/m);
  const report = readFileSync(join(folderOf(rehearsal), 'report.md'), 'utf8');
  expect(report).toMatch(/^# Broken off: .*\n\n\*\*.*stopped by SIGINT/);
  expect(report).toContain('| bootstrap | interrupted |');
});

test.each([
  [['nowhere'], "there is no environment 'nowhere', but dev"],
  [['--only', 'everything'], '--only must be one of prepare'],
  [['--endpoint', 'https://s3.amazonaws.com'], '--endpoint must be'],
  [['clean', '--keep'], 'clean takes nothing, not --keep'],
  [['staging'], 'staging cannot be rehearsed: it has a domain'],
])('%j is refused before anything starts', async (args, reason) => {
  const rehearsal = start(...args);

  expect(await rehearsal.end).toBe(64);
  expect(rehearsal.output()).toContain(reason);
});
