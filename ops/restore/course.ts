/** The record of a restore while it is at work. */
import type { Environment } from '../../stacks/place.ts';
import type { Phase } from './phases.ts';
import { closeRestore, type RestoreRecord, writeRestore } from './record.ts';

export class Course {
  record: RestoreRecord;
  readonly #environment: Environment;
  readonly #who: string;

  constructor(environment: Environment, record: RestoreRecord, who: string) {
    this.#environment = environment;
    this.record = record;
    this.#who = who;
  }

  /** Written before anything of the phase is done. */
  async enter(phase: Phase, changed: Partial<RestoreRecord> = {}): Promise<void> {
    const step = { phase, at: new Date().toISOString(), who: this.#who };
    const { steps } = this.record;
    // Going on from where it was is no new step.
    const isSame = steps.at(-1)?.phase === phase && Object.keys(changed).length === 0;
    this.record = {
      ...this.record,
      ...changed,
      phase,
      steps: isSame ? steps : [...steps, step],
    };
    await writeRestore(this.#environment, this.record);
  }

  /** It is over. */
  close(): Promise<void> {
    return closeRestore(this.#environment, this.record);
  }
}
