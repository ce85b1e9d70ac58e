/** Commands in the hands of a process that is killed, or asked twice to stop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execute } from './execution.ts';

/** Milliseconds: the longest that anything here waits for something. */
const PATIENCE = 20_000;
/** Milliseconds after which a second Ctrl-C is no longer the same key. */
const ANOTHER_KEY = 600;

let folder: string;
const parents: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'execution-test-'));
});
afterEach(async () => {
  for (const parent of parents) parent.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A process of ours that runs a shell's script, with nothing shown. */
function start(script: string, before = ''): ChildProcess {
  const options = JSON.stringify({ folder, output: 'hidden' });
  const program = `
    import { execute } from ${JSON.stringify(import.meta.resolve('./execution.ts'))};
    import { listenForSignals } from ${JSON.stringify(import.meta.resolve('../deployment/interruption.ts'))};
    ${before}
    const options = { ...${options}, environment: process.env };
    await execute('sh', ['-c', ${JSON.stringify(script)}], options);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  parents.push(parent);
  return parent;
}

async function until(name: string): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!existsSync(join(folder, name))) {
    if (performance.now() > deadline) throw new Error(`there is no ${name}`);
    await wait(20);
  }
}

test('whoever runs it is killed: the command goes on to its end, and no output is left', async () => {
  const lines = 'for i in $(seq 20); do echo line $i; echo line $i >&2; sleep 0.1; done';
  const parent = start(`touch begun; ${lines}; touch ended`);
  await until('begun');

  parent.kill('SIGKILL');
  await until('ended');

  expect(await readdir(folder)).toEqual(['begun', 'ended']);
});

test('lines are told as they come, the last one without its end too', async () => {
  const told: string[] = [];
  const onLine = (line: string) => {
    told.push(line);
    // It waits for that: a line that is told only at the end would never come.
    if (line === 'first') void execute('touch', ['heard'], { ...options, output: 'shown' });
  };
  const options = { folder, environment: process.env };
  const script = "echo first; until [ -e heard ]; do sleep 0.05; done; printf 'grün'; echo no >&2";

  const outcome = await execute('sh', ['-c', script], {
    ...options,
    output: 'hidden',
    limit: 20,
    onLine,
  });

  expect(told).toEqual(['first', 'grün']);
  expect(outcome).toEqual({ code: 0, output: 'first\ngrün', errors: 'no\n', tookTooLong: false });
});

test('a second Ctrl-C reaches the command, says what may be left, and ends', async () => {
  const trap = "trap 'echo once >>heard' INT; touch begun";
  const parent = start(
    `${trap}; for i in $(seq 200); do [ "$(cat heard 2>/dev/null)" = "$(printf "once\\nonce")" ] && break; sleep 0.05; done; touch ended`,
    'listenForSignals();',
  );
  let said = '';
  parent.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  await until('begun');

  parent.kill('SIGINT');
  await until('heard');
  await wait(ANOTHER_KEY);
  parent.kill('SIGINT');
  const [code] = (await once(parent, 'close')) as [number];
  await until('ended');

  expect(code).toBe(130);
  expect(said).toMatch(/without putting things in order.*lock.*run the same command again/);
  expect(await readFile(join(folder, 'heard'), 'utf8')).toBe('once\nonce\n');
});
