/** Counts what was sent and how it was answered. */
import { type Sort } from './request.ts';

const SORTS: readonly Sort[] = ['valid', 'near', 'hostile'];

export class Tally {
  readonly #classes = new Map<string, number>();
  readonly #operations = new Set<string>();
  #slowest = 0;
  #raw = 0;
  #unanswered = 0;

  count(sort: Sort, operation: string, seen: { status: number; milliseconds: number }): void {
    const statusClass = seen.status === 503 ? '503' : `${Math.floor(seen.status / 100)}xx`;
    for (const key of [sort, `${sort} ${statusClass}`]) {
      this.#classes.set(key, this.#of(key) + 1);
    }
    if (sort === 'valid' && seen.status < 400) this.#operations.add(operation);
    this.#slowest = Math.max(this.#slowest, seen.milliseconds);
  }

  countRaw(answers: number): void {
    this.#raw += 1;
    if (answers === 0) this.#unanswered += 1;
  }

  /** Of the valid requests, those that succeeded. */
  get validShare(): number {
    return (this.#of('valid 2xx') + this.#of('valid 3xx')) / Math.max(1, this.#of('valid'));
  }

  /** Requests of all sorts that were answered 503. */
  get unavailable(): number {
    return SORTS.reduce((sum, sort) => sum + this.#of(`${sort} 503`), 0);
  }

  /** Whether a valid request for it did. */
  hasSucceeded(operation: string): boolean {
    return this.#operations.has(operation);
  }

  figures(): [string, string][] {
    return [
      ...SORTS.map((sort): [string, string] => [`${sort}, 2xx/3xx/4xx/503`, this.#classesOf(sort)]),
      ['kinds of valid requests that succeeded', String(this.#operations.size)],
      ['written by hand, of these closed unanswered', `${this.#raw}, ${this.#unanswered}`],
      ['slowest answer', `${Math.round(this.#slowest)} ms`],
    ];
  }

  #classesOf(sort: Sort): string {
    return ['2xx', '3xx', '4xx', '503'].map((name) => this.#of(`${sort} ${name}`)).join('/');
  }

  #of(key: string): number {
    return this.#classes.get(key) ?? 0;
  }
}
