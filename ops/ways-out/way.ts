import type { Say } from '../deployment/progress.ts';

/** What a proof of a way out is given. */
export interface Proof {
  /** Its own, which is gone afterwards. */
  readonly folder: string;
  /** Where cdktf wrote the program: the manifest, and the stacks below `stacks`. */
  readonly synthesised: string;
  /** One thing that must hold. @throws what its work throws: nothing behind it can hold then */
  readonly check: (promise: string, work: (say: Say) => Promise<string>) => Promise<void>;
}

export interface Way {
  readonly name: string;
  /** @throws Error when a promise does not hold, OutOfReach, Interrupted */
  readonly prove: (proof: Proof) => Promise<void>;
}
