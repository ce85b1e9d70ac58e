/** Who runs which command in a rehearsal: what pipelines run, they run with their own role. */
import { basename } from 'node:path';
import type { Pipeline } from './pipeline-roles.ts';

/** An administrator, as a team has one, or the role of a pipeline. */
export type Who = 'operator' | Pipeline;

/**
 * By the name of the command. All others are an operator's: `admin`, `logs`, `status`, `restore` and
 * the like, and `destroy account`. Second plans of the environment's stacks are the plan role's.
 */
export const WHOSE: Readonly<Record<string, Who>> = {
  cdktf: 'apply',
  destroy: 'apply',
  promote: 'apply',
  release: 'apply',
  rollback: 'apply',
};

/** @param args such as `node ops/release.ts dev`, or `npx cdktf deploy`; at a terminal more stands before it */
export function whoRuns(args: readonly string[]): Who {
  const at = args.findIndex((arg) => /^ops\/.+\.ts$|^cdktf$/.test(arg));
  const [command = '', first] = args.slice(Math.max(at, 0));
  // What the account has once is no environment's.
  if (first === 'account') return 'operator';
  return WHOSE[basename(command, '.ts')] ?? 'operator';
}
