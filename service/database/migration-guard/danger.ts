/** What a statement does to those who work while it runs, and to the build that serves meanwhile. */

export interface Danger {
  /**
   * `contracts`: a build that is older than the migration may not work any more.
   * `locks`: it works for as long as a table is large, and others wait for it.
   */
  readonly kind: 'contracts' | 'locks';
  /** What it acts on. New tables have no rows and no readers. Empty: what cannot be said. */
  readonly tables: readonly string[];
  readonly why: string;
  readonly instead: string;
  /** What would take the danger away. */
  readonly unless?: Proof;
}

/** Something in the database from before. */
export type Proof =
  | { readonly kind: 'valid index'; readonly name: string }
  | { readonly kind: 'never null'; readonly table: string; readonly column: string }
  | { readonly kind: 'no function' | 'no role'; readonly name: string };

/** What the statements before have done. */
export interface Course {
  /** Relations that did not exist before. */
  readonly made: Set<string>;
  /** New columns, by `columnOf`, in which the old build leaves null. */
  readonly columns: Set<string>;
  /** Those of them whose being null is counted on. */
  readonly counted: Set<string>;
  /** New views, and what is behind each: to write to one is to write to that. */
  readonly views: Map<string, readonly string[]>;
  /** Whether a temporary relation was made. A name may mean that one or another from here on. */
  hidesNames: boolean;
  /** Whether the statement is all that its migration has. */
  isAlone: boolean;
  /** Whether this migration holds a lock, until its end, that others wait for. */
  holdsLock: boolean;
}

type Told = Omit<Danger, 'kind'>;

export function contracts(danger: Told): Danger {
  return { kind: 'contracts', ...danger };
}

export function locks(danger: Told): Danger {
  return { kind: 'locks', ...danger };
}

export function unseen(what: string, instead: string): Danger {
  return contracts({
    tables: [],
    why: `${what}: what it does cannot be seen here, and is taken for the worst`,
    instead,
  });
}

export function impossible(what: string, instead: string): Danger {
  return locks({ tables: [], why: `${what} cannot run in a migration’s transaction`, instead });
}

/** One danger of several: this one only if it is so. */
export function given(isSo: boolean, danger: Danger): readonly Danger[] {
  return isSo ? [danger] : [];
}

/** @param course is told of a relation that is new, unless its name may mean another */
export function makes(course: Course, name: string): void {
  if (!course.hidesNames) course.made.add(name);
}

/** A colon stands in no name of a table that is not in quotes. */
export function columnOf(table: string, column: string): string {
  return `${table}:${column}`;
}

/**
 * Whether the old build writes nothing but null into all of them.
 * @param course is told that this is counted on
 */
export function onlyNew(course: Course, table: string, columns: readonly string[]): boolean {
  const keys = columns.map((column) => columnOf(table, column));
  const isSo = keys.length > 0 && keys.every((key) => course.columns.has(key));
  if (isSo) for (const key of keys) course.counted.add(key);
  return isSo;
}
