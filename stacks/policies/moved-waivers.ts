/** Where what a waiver is for has gone, by the lines of stacks/moves.ts. */
import { followed, type Move } from '../addresses/steps.ts';

/** @param path of a waiver. @returns its path now, undefined when no line is about it */
export function movedPath(path: string, moves: readonly Move[]): string | undefined {
  const [stack = '', ...steps] = path.split('/');
  const ofStack = moves.filter((move) => stack.endsWith(`-${move.stack}`));
  const before = steps.join('/');
  const now = followed(before, ofStack);
  return now === before ? undefined : `${stack}/${now}`;
}
