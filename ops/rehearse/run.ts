/** One rehearsal: what it was asked for, what it works with, and what it found out. */
import type { Progress } from '../deployment/progress.ts';
import type { Unused } from '../permissions/judgement.ts';
import type { Checks } from './checks.ts';
import type { Commands } from './commands.ts';
import type { EarlierCommit } from './earlier-commit.ts';
import type { PlannedStack } from './from-plans.ts';
import type { Outcome, Tally } from './outcomes.ts';
import type { RunFolder } from './run-folder.ts';

export const STEPS = [
  'prepare',
  'bootstrap',
  'stand-up',
  'plan-again',
  'traffic',
  'upgrade',
  'change',
  'bad-release',
  'permissions',
  'faults',
  'restore',
  'take-down',
] as const;

export type StepName = (typeof STEPS)[number];

export interface Options {
  /** Name of the environment. */
  readonly environment: string;
  /** Whether everything stays at the end, until a signal. */
  readonly keep: boolean;
  /** One step, with those before that it needs. @default all */
  readonly only?: StepName;
  /** Integration tests and steady load. */
  readonly traffic: boolean;
  /** `cdktf deploy` of everything before the first release. */
  readonly deployFirst: boolean;
  /** What is stood up first, so that this version is a change of it. @default none */
  readonly from?: EarlierCommit;
  /** An emulated AWS that runs already. @default one of its own */
  readonly endpoint?: string;
  /** Where the report is written as JSON too. */
  readonly json?: string;
}

/** What the report tells beside its checks. */
interface Notes {
  readonly versions: Record<string, string>;
  readonly overrides: string[];
  /** Differences of second plans that the list allows, in words. */
  readonly drift: string[];
  /** Resources by type. */
  readonly created: Record<string, number>;
  /** What this version would do to the earlier one; absent without one. */
  planned?: readonly PlannedStack[];
  /** By step; some run side by side. */
  readonly load: Map<string, Tally>;
  /** Of the whole load, whenever it is asked; absent before it has begun. */
  wholeLoad?: () => Tally;
  /** Failures that a killed task explains. */
  readonly excused: Set<Outcome>;
  /** What roles may do and never did, as far as it was looked at. */
  readonly unused: Unused[];
  /** What this run left out, and why. */
  readonly leftOut: string[];
}

export interface Run {
  readonly options: Options;
  readonly folder: RunFolder;
  readonly commands: Commands;
  readonly progress: Progress;
  readonly checks: Checks;
  readonly notes: Notes;
  /** Ends everything: a signal from outside, or the end of the emulator. */
  readonly signal: AbortSignal;
}
