/** A line in which requests wait for their turn, first come, first served, and not for long. */
import type { EventEmitter } from 'node:events';

/** Requests worked on at once: enough to keep every connection to the database busy. */
export const AT_ONCE = 64;

/** Milliseconds that waiting may take; together with the work it stays below a second. */
const PATIENCE = 300;

/**
 * Milliseconds from then until who waited in vain is told. Many ask again at once, whatever
 * Retry-After says, and to refuse them as fast as they ask takes the time of the others: with 1,000
 * connections most of the throughput was lost.
 */
const PAUSE = 1700;

/** Requests that wait at most, for their turn or to be told; it bounds the memory they take. */
const LONGEST = 5000;

type Told = (hasTurn: boolean) => void;

export class Line {
  #working = 0;
  readonly #waiting = new Set<() => void>();
  #held = 0;

  /** @param connection whose `close` says that nobody waits any more */
  join(connection: EventEmitter, told: Told): void {
    if (this.#working < AT_ONCE) {
      this.#working += 1;
      return told(true);
    }
    if (this.#waiting.size + this.#held >= LONGEST) return told(false);
    this.#wait(connection, told);
  }

  /** For each who had a turn, once: the next one has it. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#working -= 1;
    else next();
  }

  #wait(connection: EventEmitter, told: Told): void {
    const end = (hasTurn: boolean) => {
      clearTimeout(timer);
      connection.off('close', giveUp);
      if (!this.#waiting.delete(proceed)) this.#held -= 1;
      told(hasTurn);
    };
    const proceed = () => end(true);
    const giveUp = () => end(false);
    const hold = () => {
      this.#waiting.delete(proceed);
      this.#held += 1;
      timer = setTimeout(giveUp, PAUSE);
    };
    let timer = setTimeout(hold, PATIENCE);
    this.#waiting.add(proceed);
    connection.on('close', giveUp);
  }
}
