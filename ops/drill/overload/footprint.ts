/** What a process takes of its machine, looked at from outside. */
import { execFile } from 'node:child_process';
import { readdir, readlink } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Milliseconds between two looks. */
const PAUSE = 250;

/** MiB of memory that it holds. */
export async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

/** Its open sockets; undefined where the system does not tell in `/proc`. */
export async function socketsOf(pid: number): Promise<number | undefined> {
  const folder = `/proc/${pid}/fd`;
  const files = await readdir(folder).catch(() => undefined);
  if (files === undefined) return undefined;
  const targets = await Promise.all(
    files.map((file) => readlink(`${folder}/${file}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith('socket:')).length;
}

/** Sockets by which a service may differ: its pool opens and closes connections as it needs them. */
const BREATH = 20;

/** @returns a sentence when sockets were left open; nothing where they cannot be counted */
export function leaked(before: number | undefined, after: number | undefined): string[] {
  if (!hasMore(before, after)) return [];
  return [`the service has ${after} sockets open, and had ${before} before`];
}

/** Milliseconds in which a process notices on a busy machine that connections were closed. */
const NOTICE = 10_000;

/** @returns how many are open when all that were more are closed, or it takes too long */
export async function untilClosed(
  pid: number,
  before: number | undefined,
  signal: AbortSignal,
): Promise<number | undefined> {
  const deadline = performance.now() + NOTICE;
  for (;;) {
    const now = await socketsOf(pid);
    if (!hasMore(before, now) || performance.now() > deadline) return now;
    await pause(PAUSE, undefined, { signal });
  }
}

function hasMore(before: number | undefined, after: number | undefined): boolean {
  return before !== undefined && after !== undefined && after > before + BREATH;
}

/** Looks again and again at the memory while `work` goes on. @returns MiB, in the order of time */
export async function memoryDuring<Result>(
  pid: number,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly memory: readonly number[] }> {
  const memory: number[] = [];
  const look = () =>
    void memoryOf(pid).then(
      (now) => memory.push(now),
      () => undefined,
    );
  look();
  const watch = setInterval(look, PAUSE);
  try {
    const result = await work();
    if (memory.length === 0) throw new Error('its memory could not be looked at: is `ps` there?');
    return { result, memory };
  } finally {
    clearInterval(watch);
  }
}
