/** Which gaps of the emulator are filled: the modules that do it, each with its own first sentence. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the modules themselves need; none fills a gap. */
const OTHERS = new Set(['__init__.py', 'labels.py', 'settings.py']);

const EMULATOR = join(import.meta.dirname, '../emulator');

export interface GapFiller {
  readonly file: string;
  readonly says: string;
}

export function gapFillers(): GapFiller[] {
  return ['gaps', 'containers'].flatMap((folder) =>
    readdirSync(join(EMULATOR, folder))
      .filter((name) => name.endsWith('.py') && !OTHERS.has(name))
      .toSorted()
      .map((name) => ({
        file: `${folder}/${name}`,
        says: firstSentence(readFileSync(join(EMULATOR, folder, name), 'utf8')),
      })),
  );
}

/** Of the docstring that a module begins with. */
export function firstSentence(text: string): string {
  const docstring = /^"""([\s\S]*?)"""/.exec(text.trimStart())?.[1] ?? '';
  const words = docstring.replaceAll(/\s+/g, ' ').trim();
  return words.split(/(?<=[.!?])\s/)[0] ?? '';
}
