/** What `npm start` has begun, and the end of it: at a signal, or when a step fails. */

interface Stoppable {
  stop(): Promise<void>;
}

/** Milliseconds: one Ctrl-C comes as two signals, from the terminal and passed on by npm. */
const SAME_KEY = 500;

export class Lifetime {
  /** Newest first. */
  readonly #owned: Promise<Stoppable>[] = [];
  #ending = false;

  /**
   * The first SIGINT, SIGTERM or SIGHUP ends everything in order, with code 0; a later one at once.
   * @throws what `work` throws, after everything has ended
   */
  async run(work: () => Promise<void>): Promise<void> {
    this.#listen();
    try {
      await work();
    } catch (error) {
      // What is being stopped may take the work with it.
      if (this.#ending) return;
      await this.#stopAll();
      throw error;
    }
  }

  /** Known before it is up: an end meanwhile waits for it, then stops it. */
  own<Thing extends Stoppable>(starting: Promise<Thing>): Promise<Thing> {
    this.#owned.unshift(starting);
    return starting;
  }

  /** Prints what was done and how long it took. Nothing follows once the end has begun. */
  async step<Result>(done: string, work: () => Promise<Result>): Promise<Result> {
    const begun = performance.now();
    const result = await work();
    if (this.#ending) return new Promise(() => undefined);
    console.log(`${done} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    return result;
  }

  #listen(): void {
    let first: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        first ??= performance.now();
        if (performance.now() - first > SAME_KEY) process.exit(1);
        void this.#end(0);
      });
    }
    process.on('uncaughtException', (error) => {
      if (!this.#ending) console.error(error);
      void this.#end(1);
    });
  }

  async #end(code: number): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    console.log('Stopping; a second Ctrl-C does not wait.');
    await this.#stopAll();
    process.exit(code);
  }

  async #stopAll(): Promise<void> {
    for (const starting of this.#owned) {
      const thing = await starting.catch(() => undefined);
      await thing?.stop().catch((error: unknown) => console.error(String(error)));
    }
  }
}
