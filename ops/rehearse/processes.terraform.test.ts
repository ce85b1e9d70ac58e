import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Commands } from './commands.ts';
import { identify, isAlive, killMarked, killTree, MARK } from './processes.ts';
import { RunFolder } from './run-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'rehearsals-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A process with a child of its own, whose number it writes. */
function parentAndChild() {
  return spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
}

test('a process and what it started are ended, and known to be gone', async () => {
  const parent = parentAndChild();
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const [mine, childs] = [identify(parent.pid ?? 0), identify(Number(line))];
  if (mine === undefined || childs === undefined) throw new Error('they do not run');

  killTree(mine);
  await once(parent, 'close');

  expect([isAlive(mine), isAlive(childs)]).toEqual([false, false]);
});

test('a later process with the same number is left alone', () => {
  const mine = { pid: process.pid, started: 'another time' };

  killTree(mine);

  expect(isAlive(mine)).toBe(false);
});

test('commands of a rehearsal are found when their parents are gone, those of others are not', async () => {
  const orphan = (id: string) => {
    const args = ['-c', 'sleep 60 >/dev/null & echo $!'];
    const child = spawn('sh', args, { env: { ...process.env, [MARK]: id }, detached: true });
    return once(child.stdout, 'data').then(([line]) => Number(line));
  };
  const [mine, other] = [await orphan('this-one'), await orphan('this-one-not')];

  const killed = killMarked('this-one');
  const left = killMarked('this-one-not');

  expect([killed, left]).toEqual([[mine], [other]]);
});

test('a command that hangs is ended in time, with all it started, and its last words are told', async () => {
  const commands = new Commands(RunFolder.open(root), new AbortController().signal);

  const run = commands.run({
    log: 'hung',
    args: ['sh', '-c', 'echo waiting for aws_lb.door; sleep 60 & wait'],
    limit: 1,
  });

  await expect(run).rejects.toThrow(
    /was stopped after 1 s; .*hung\.log.*\nwaiting for aws_lb\.door/s,
  );
});

test('a signal ends the command that runs, and none is started afterwards', async () => {
  const ending = new AbortController();
  const commands = new Commands(RunFolder.open(root), ending.signal);
  const run = commands.run({ log: 'long', args: ['sleep', '60'], limit: 60 });
  const reason = new Error('stopped by SIGINT');

  ending.abort(reason);

  await expect(run).rejects.toThrow(reason);
  await expect(commands.run({ log: 'next', args: ['true'], limit: 60 })).rejects.toThrow(reason);
});
