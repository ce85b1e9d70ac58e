/** A drill: it breaks something on purpose while a store is in use, and says what came of it. */

export interface Drill {
  /** In kebab-case; `npm run drill -- <name>` runs it alone. */
  readonly name: string;
  /** What goes wrong: a phrase for a table. */
  readonly breaks: string;
  /** What callers may rely on while it does: a phrase for a table. */
  readonly promise: string;
  /** Bound of the full form; a drill that takes longer has failed. */
  readonly seconds: number;
  /** @throws Error when it could not be tried; what did not hold is no error, but `broken` */
  readonly run: (ground: Ground) => Promise<Outcome>;
}

export interface Ground {
  /** `small` tries the same in seconds, for `npm test`. */
  readonly size: 'full' | 'small';
  /** Tells a person who waits. */
  readonly say: (line: string) => void;
  /** Aborts when somebody stops the drill or its time is up: what waits must end then. */
  readonly signal: AbortSignal;
}

export interface Outcome {
  /** What was measured, in reading order: `['attempts', '40,000']`. */
  readonly figures: readonly (readonly [name: string, value: string])[];
  /** A sentence for each thing that did not hold. */
  readonly broken: readonly string[];
  /** Why it could not be tried on this machine; then nothing else counts. */
  readonly skipped?: string;
}
