/** The repository's texts, and what a new name changes in them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, matchesGlob, relative } from 'node:path';
import { type Names, renamed } from './mentions.ts';

export interface Change {
  /** Below the repository. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

/** Where the old name is read from: written last, so that a second run ends what one began. */
const LAST = 'contract.ts';

/**
 * The template's authors have the copyright of what they wrote, whatever becomes of it; here and
 * in the tests beside this file names are examples.
 */
const UNTOUCHED = /^(?:LICENSE$|ops.rename\b)/;

/** All changes, in the order in which they are to be written. */
export function changesOf(root: string, names: Names): Change[] {
  const paths = [...filesOf(root, ignoredIn(root))].map((file) => relative(root, file));
  return paths
    .filter((path) => !UNTOUCHED.test(path))
    .flatMap((path) => changeOf(root, path, names))
    .toSorted((one, other) => Number(one.path === LAST) - Number(other.path === LAST));
}

export function write(root: string, changes: readonly Change[]): void {
  for (const { path, text } of changes) writeFileSync(join(root, path), text);
}

function changeOf(root: string, path: string, names: Names): Change[] {
  const before = readFileSync(join(root, path), 'utf8');
  const text = renamed(before, path, names);
  // No text: a picture, an archive.
  if (text === before || before.includes('\0')) return [];
  const old = before.split('\n');
  const lines = text.split('\n').map((line, index) => ({ number: index + 1, text: line }));
  return [{ path, text, lines: lines.filter((line, index) => line.text !== old[index]) }];
}

function* filesOf(folder: string, ignored: readonly string[]): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (ignored.some((pattern) => matchesGlob(entry.name, pattern))) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOf(path, ignored);
    if (entry.isFile()) yield path;
  }
}

/** What is no part of the repository: git's own folder, and what it ignores. */
function ignoredIn(root: string): string[] {
  const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
  const patterns = lines.map((line) => line.trim().replace(/\/$/, ''));
  return ['.git', ...patterns.filter((pattern) => pattern !== '' && !pattern.startsWith('#'))];
}
