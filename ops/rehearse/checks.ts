/** Promises that a rehearsal keeps, or breaks, each under the step that it belongs to. */
export interface CheckResult {
  readonly step: string;
  /** The promise. */
  readonly name: string;
  /** Why it is broken; absent when it is kept. */
  readonly failure?: string;
}

export class Checks {
  readonly results: CheckResult[] = [];
  readonly #signal: AbortSignal;
  readonly #line: (text: string) => void;

  /**
   * @param signal that ends everything: what it breaks off has not failed
   * @param line shows one
   */
  constructor(signal: AbortSignal, line: (text: string) => void) {
    this.#signal = signal;
    this.#line = line;
  }

  /** Notes whether a promise is kept. @returns the same. @throws why everything ends, nothing else */
  async keep(step: string, name: string, promise: () => unknown): Promise<boolean> {
    try {
      await promise();
      this.results.push({ step, name });
      this.#line(`ok      ${name}`);
      return true;
    } catch (error) {
      this.#signal.throwIfAborted();
      this.fail(step, name, error);
      return false;
    }
  }

  fail(step: string, name: string, error: unknown): void {
    const failure = reasonOf(error);
    this.results.push({ step, name, failure });
    this.#line(`FAILED  ${name}\n${failure.replaceAll(/^/gm, '        ')}`);
  }

  /** @param step of one only. @default all */
  failed(step?: string): number {
    return this.#of(step).filter(({ failure }) => failure !== undefined).length;
  }

  /** The last line, which a pipeline adds up. */
  summary(): string {
    const failed = this.failed();
    return `${this.results.length - failed} passed, ${failed} failed`;
  }

  #of(step: string | undefined): CheckResult[] {
    return this.results.filter((result) => step === undefined || result.step === step);
  }
}

/** `fetch failed` alone helps nobody: the cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
}
