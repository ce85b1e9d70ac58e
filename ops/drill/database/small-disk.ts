/** A disk in memory that has little room, for the data of a database; only root can make one. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OwnPostgres } from '../../loopback/postgres.ts';

const run = promisify(execFile);

export interface SmallDisk {
  /** To the last byte. */
  fill(): Promise<void>;
  free(): Promise<void>;
  /** The data is gone with it. The database has to be down. */
  remove(): Promise<void>;
}

/** @returns why it cannot be done on this machine, if so */
export async function whyNoSmallDisk(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return 'a small disk needs root on Linux';
  }
  const place = await mkdtemp(join(tmpdir(), 'small-disk-'));
  try {
    await mount(place, 'size=1m');
    await unmount(place);
    return undefined;
  } catch (error) {
    return `a small disk needs the right to mount: ${(error as Error).message.trim()}`;
  } finally {
    await rmdir(place);
  }
}

/** Megabytes beyond the data that is there: two segments of the log, and some orders. */
const ROOM = 48;

/** Copies the data there, under the same path. The database has to be down. */
export async function onSmallDisk({ data }: OwnPostgres): Promise<SmallDisk> {
  const original = `${data}.original`;
  const ballast = join(data, 'ballast');
  const { uid, gid } = await stat(data);
  const { stdout } = await run('du', ['--summarize', '--block-size=1M', data]);
  await rename(data, original);
  await mkdir(data);
  await mount(data, `size=${Number.parseInt(stdout, 10) + ROOM}m,mode=700,uid=${uid},gid=${gid}`);
  const disk = {
    fill: () => fill(ballast),
    free: () => rm(ballast),
    async remove() {
      await unmount(data);
      await rmdir(data);
      await rename(original, data);
    },
  };
  try {
    await run('cp', ['--archive', `${original}/.`, data]);
    return disk;
  } catch (error) {
    await disk.remove();
    throw error;
  }
}

async function mount(place: string, options: string): Promise<void> {
  await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]);
}

/** Lazily: it goes also when somebody still looks. */
async function unmount(place: string): Promise<void> {
  await run('umount', ['--lazy', place]);
}

async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    // The database's own files grow by pages of 8 KB.
    for (const piece of [1024 * 1024, 4096].map((size) => Buffer.alloc(size))) {
      await untilFull(() => file.write(piece));
    }
  } finally {
    await file.close();
  }
}

async function untilFull(write: () => Promise<unknown>): Promise<void> {
  try {
    for (;;) await write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
