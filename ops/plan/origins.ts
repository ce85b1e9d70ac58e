/** Where in stacks/ each element of the program was made: in plans only, never in synthesised files. */
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Node } from 'constructs';
import { writeProgram } from '../../stacks/write-program.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '../..');
const STACKS = join(PROJECT_FOLDER, 'stacks') + sep;

/** What all stacks have in common makes nothing that somebody looks for. */
const BASE = join(STACKS, 'store-stack.ts');

/** cdktf marks each of its elements with it as it is made. */
const MARK = 'stacktrace';

/** Calls that lead to an element: constructs within constructs. */
const DEPTH = 50;

export class Origins {
  /** `stacks/constructs/vpc.ts:41` by the construct's path. */
  readonly sources = new Map<string, string>();

  /**
   * As writeProgram, which knows nothing of it. The one place where a method of a library is
   * exchanged, and only while the program is built: constructs could note the stack by itself,
   * but cdktf writes what they note into the files.
   */
  readonly write: typeof writeProgram = (environments, writing) => {
    const { sources } = this;
    const node: Pick<Node, 'addMetadata'> = Node.prototype;
    const original = node.addMetadata;
    node.addMetadata = function noteWhere(this: Node, type, data, options) {
      const source = type === MARK ? frames().map(place).find(Boolean) : undefined;
      if (source !== undefined) sources.set(this.path, source);
      original.call(this, type, data, options);
    };
    try {
      return writeProgram(environments, writing);
    } finally {
      node.addMetadata = original;
    }
  };
}

/** The innermost call first. */
function frames(): string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEPTH;
  const { stack = '' } = new Error('here');
  Error.stackTraceLimit = stackTraceLimit;
  return stack.split('\n').slice(1);
}

/** @param frame `at new Vpc (file:///…/stacks/constructs/vpc.ts:41:5)`. @returns it, where it lies in stacks/ */
function place(frame: string): string | undefined {
  const [, where, line] = /(?:\(|at )((?:file:\/\/)?\/.*):(\d+):\d+\)?$/.exec(frame) ?? [];
  if (where === undefined) return undefined;
  const file = where.startsWith('file:') ? fileURLToPath(where) : where;
  if (!file.startsWith(STACKS) || file === BASE) return undefined;
  return `${file.slice(PROJECT_FOLDER.length + 1).replaceAll(sep, '/')}:${line}`;
}
