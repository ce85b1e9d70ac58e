import type { Environment } from '../../stacks/place.ts';
import { type ReleaseRecord, type Schema, writeRecord } from '../running/records.ts';
import { Interrupted } from '../terraform/terraform.ts';

interface Beginning extends Pick<ReleaseRecord, 'kind' | 'who' | 'commit'> {
  readonly before: string | undefined;
}

/** Writes down how a release went, however it went. */
export class Recorder {
  readonly plans: Record<string, string> = {};
  digest = '';
  schema: Schema | undefined;
  readonly #environment: Environment;
  readonly #beginning: Beginning;
  readonly #begun = new Date().toISOString();

  constructor(environment: Environment, beginning: Beginning) {
    this.#environment = environment;
    this.#beginning = beginning;
  }

  async record(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const outcome = error instanceof Interrupted ? 'interrupted' : 'failed';
      // Why it failed matters more than that it cannot be written down.
      await this.#write({ outcome, reason: (error as Error).message }).catch((other: unknown) => {
        console.error(`its record cannot be written: ${String(other)}`);
      });
      throw error;
    }
    await this.#write({ outcome: 'succeeded' });
  }

  #write(end: Pick<ReleaseRecord, 'outcome' | 'reason'>): Promise<void> {
    const { before, ...beginning } = this.#beginning;
    return writeRecord(this.#environment, {
      ...beginning,
      ...end,
      begun: this.#begun,
      ended: new Date().toISOString(),
      digest: this.digest,
      plans: this.plans,
      ...(before !== undefined && { before }),
      ...(this.schema !== undefined && { schema: this.schema }),
    });
  }
}
