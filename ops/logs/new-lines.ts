/** Which lines of a log have not been shown yet, when it is asked again and again. */
import type { Environment } from '../../stacks/place.ts';
import { linesSince, type LogLine } from '../running/log.ts';

/** Milliseconds: CloudWatch takes lines in late, and those of several tasks in any order. */
const LATE = 30_000;

export class NewLines {
  #newest: number;
  /** Ids of lines that a later answer may have again, with their times. */
  readonly #shown = new Map<string, number>();

  /** @param since Unix time in milliseconds */
  constructor(since: number) {
    this.#newest = since + LATE;
  }

  /** From when on to ask the next time: a while before the newest line, for the late ones. */
  get since(): number {
    return this.#newest - LATE;
  }

  /** @param lines of an answer. @returns those of them that were in none before, oldest first */
  of(lines: readonly LogLine[]): LogLine[] {
    const fresh = lines.filter(({ id }) => !this.#shown.has(id)).toSorted((a, b) => a.at - b.at);
    for (const { id, at } of fresh) {
      this.#shown.set(id, at);
      this.#newest = Math.max(this.#newest, at);
    }
    return fresh;
  }

  /** After the last page of an answer: what no later one can have need not be remembered. */
  forget(): void {
    for (const [id, at] of this.#shown) if (at < this.since) this.#shown.delete(id);
  }
}

interface Question {
  readonly group: string;
  readonly pattern?: string;
  readonly lines: NewLines;
}

/** What was written since the last time, oldest first. @throws ResourceNotFoundException without such a log */
export async function* newLines(
  environment: Environment,
  { lines, ...question }: Question,
): AsyncGenerator<LogLine> {
  for await (const page of linesSince(environment, { ...question, since: lines.since })) {
    yield* lines.of(page);
  }
  lines.forget();
}
