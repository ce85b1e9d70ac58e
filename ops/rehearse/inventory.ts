/** Which gaps of the emulator are filled: the files that do it, each with its own first sentence. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const EMULATOR = join(import.meta.dirname, '../emulator');

export interface GapFiller {
  readonly file: string;
  readonly says: string;
}

export function gapFillers(): GapFiller[] {
  return ['gaps', 'containers'].flatMap((folder) =>
    readdirSync(join(EMULATOR, folder))
      .filter((name) => /\.(py|ts)$/.test(name) && !/^__|\.test\.ts$/.test(name))
      .toSorted()
      .map((name) => ({
        file: `${folder}/${name}`,
        says: firstSentence(readFileSync(join(EMULATOR, folder, name), 'utf8')),
      })),
  );
}

/** Of the comment that a file begins with. */
export function firstSentence(text: string): string {
  const comment = /^(?:"""([\s\S]*?)"""|\/\*\*([\s\S]*?)\*\/)/.exec(text.trimStart());
  const words = (comment?.[1] ?? comment?.[2] ?? '').replaceAll(/\n\s*\*?\s*/g, ' ').trim();
  return words.split(/(?<=[.!?])\s/)[0] ?? '';
}
