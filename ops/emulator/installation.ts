/** MiniStack: the emulated AWS, installed once. */
import { join } from 'node:path';
import { NotInstalled, pythonWith } from '../python/installation.ts';

/** There can be no emulated AWS here; the message says what is missing. */
export const NoEmulator = NotInstalled;

/** @returns the Python that has it. @throws NoEmulator */
export function installedPython(): Promise<string> {
  return pythonWith({
    title: 'MiniStack',
    folder: 'emulator',
    requirements: join(import.meta.dirname, 'requirements.txt'),
    atLeast: [3, 10],
  });
}
