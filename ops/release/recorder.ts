import type { Environment } from '../../stacks/place.ts';
import { type ReleaseRecord, type Schema, writeRecord } from '../running/records.ts';
import { Interrupted } from '../terraform/terraform.ts';

interface Beginning extends Pick<ReleaseRecord, 'kind' | 'who' | 'checkout' | 'from'> {
  readonly before: string | undefined;
}

/** Writes down how a release went, however it went. */
export class Recorder {
  readonly plans: Record<string, string> = {};
  schema: Schema | undefined;
  #image = { digest: '', commit: 'unknown' };
  readonly #environment: Environment;
  readonly #beginning: Beginning;
  readonly #begun = new Date().toISOString();

  constructor(environment: Environment, beginning: Beginning) {
    this.#environment = environment;
    this.#beginning = beginning;
  }

  /** From here on it is tried; that stands there even if this process is killed. */
  async begin(image: { readonly digest: string; readonly commit: string }): Promise<void> {
    this.#image = image;
    await this.#write({ outcome: 'begun' });
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
      ...this.#image,
      begun: this.#begun,
      ended: new Date().toISOString(),
      plans: this.plans,
      ...(before !== undefined && { before }),
      ...(this.schema !== undefined && { schema: this.schema }),
    });
  }
}
