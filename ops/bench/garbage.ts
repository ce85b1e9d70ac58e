/** How much of its time the store spends on collecting garbage: in runs of their own, for asking costs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GARBAGE_MARK } from './garbage-mark.ts';
import type { Ground } from './ground.ts';
import { measure } from './measure.ts';
import { type Operation, OPERATIONS } from './operations.ts';
import { startStore } from './servers.ts';

export interface Garbage {
  readonly operation: Operation['id'];
  /** 0…1 of the time under load, of the one thread that runs JavaScript. */
  readonly share: number;
}

export async function watchGarbage(ground: Ground): Promise<Garbage[]> {
  const { home, generator, scale, shop, signal, say } = ground;
  const store = await startStore(home, {
    flags: ['--import', join(import.meta.dirname, 'garbage-watch.ts')],
  });
  try {
    const found: Garbage[] = [];
    for (const { id, name, requests } of OPERATIONS) {
      signal.throwIfAborted();
      say(name);
      await measure(store, generator, { ...scale.load, requests: requests(shop) });
      const log = await readFile(store.logFiles[0] ?? '', 'utf8');
      found.push({ operation: id, share: garbageShare(log, scale.load.measured) });
    }
    return found;
  } finally {
    await store.close();
  }
}

/**
 * @param measured milliseconds at the log's end that count
 * @returns NaN when the log has no two marks
 */
export function garbageShare(log: string, measured: number): number {
  const marks = [...log.matchAll(new RegExp(`${GARBAGE_MARK} ([\\d.]+) ([\\d.]+)`, 'g'))].map(
    ([, up, collected]) => ({ up: Number(up), collected: Number(collected) }),
  );
  const last = marks.at(-1);
  const first = marks.find(({ up }) => last !== undefined && up >= last.up - measured);
  if (first === undefined || last === undefined) return Number.NaN;
  return (last.collected - first.collected) / (last.up - first.up);
}
