/** Why a step is left out, in words; undefined where it is not. */
import type { Ground } from './ground.ts';
import type { Home } from './home.ts';
import type { Run, StepName } from './run.ts';
import type { Steps } from './steps.ts';

type Reason = string | undefined;

/** The first reason that there is. */
export function unlessFirst(...reasons: readonly Reason[]): Reason {
  return reasons.find((why) => why !== undefined);
}

export function failed(steps: Steps, step: StepName): Reason {
  return steps.isGreen(step) ? undefined : `${step} has failed`;
}

export function unwanted({ options: { only } }: Run, step: StepName): Reason {
  return only === undefined || only === step ? undefined : `only ${only} was asked for`;
}

export function untested({ options }: Run): Reason {
  return options.traffic ? undefined : 'no traffic was asked for';
}

export function nobody(home: Home | undefined): Reason {
  return home === undefined ? 'there are no containers, so nobody answers' : undefined;
}

export function unchanged({ earlier }: Ground): Reason {
  return earlier === undefined ? 'there is no earlier version (--from)' : undefined;
}

/** Faults are planted in an emulator of one's own. */
export function elsewhere({ options }: Run): Reason {
  return options.endpoint === undefined ? undefined : 'the emulated AWS is not ours to break';
}
