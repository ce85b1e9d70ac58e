/** Runs steps by name, with times; one that fails or is not wanted leaves those behind it out. */
import type { Say } from '../deployment/progress.ts';
import type { StepResult } from './report.ts';
import type { Run, StepName } from './run.ts';

export class Steps {
  readonly results: StepResult[] = [];
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  /**
   * @param why it cannot be done; absent when it can
   * @returns what the work gives; undefined when the step failed or was left out
   * @throws the reason for which everything ends, and nothing else
   */
  async take<Result>(
    step: StepName,
    why: string | undefined,
    work: (say: Say) => Promise<Result>,
  ): Promise<Result | undefined> {
    const { signal, progress, checks } = this.#run;
    signal.throwIfAborted();
    if (why !== undefined) return this.#skip(step, why);
    const since = performance.now();
    let result: Result | undefined;
    try {
      result = await progress.step(step, work);
    } catch (error) {
      if (signal.aborted) this.#note(step, 'interrupted', since);
      signal.throwIfAborted();
      checks.fail(step, `the step ${step} comes to its end`, error);
    }
    const outcome = this.isGreen(step) ? 'passed' : 'failed';
    this.#note(step, outcome, since);
    return outcome === 'passed' ? result : undefined;
  }

  isGreen(step: StepName): boolean {
    return this.#run.checks.failed(step) === 0;
  }

  #note(step: StepName, outcome: StepResult['outcome'], since: number): void {
    this.results.push({ step, outcome, seconds: (performance.now() - since) / 1000 });
  }

  #skip(step: StepName, why: string): undefined {
    this.results.push({ step, outcome: 'skipped', seconds: 0, why });
    this.#run.progress.line(`left out  ${step}: ${why}`);
    return undefined;
  }
}
