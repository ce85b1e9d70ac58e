/** The wall clock of a service, to be moved while it runs. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ServiceClock {
  /** For the service's process. */
  readonly flags: readonly string[];
  readonly variables: NodeJS.ProcessEnv;
  /** Resolves once the service lives by it. @param offset milliseconds ahead of the right time */
  move(offset: number, pause: (milliseconds: number) => Promise<void>): Promise<void>;
  remove(): Promise<void>;
}

export async function newServiceClock(): Promise<ServiceClock> {
  const folder = await mkdtemp(join(tmpdir(), 'clock-'));
  const file = join(folder, 'offset');
  await writeFile(file, '0');
  return {
    flags: ['--import', fileURLToPath(import.meta.resolve('./moved-clock.ts'))],
    variables: { MOVED_CLOCK_FILE: file },
    async move(offset, pause) {
      await writeFile(`${file}.new`, String(offset));
      await rename(`${file}.new`, file);
      while ((await readFile(`${file}.seen`, 'utf8').catch(() => '')) !== String(offset)) {
        await pause(20);
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
