/** A call that roles should never make. */
import type { Request } from '../../permissions/evaluator/statements.ts';

/** Settings of clients with the keys of somebody. */
export type Settings = object;

/** The ARN that AWS made up, of what the stacks call otherwise. */
export type Real = (arn: string) => string;

export interface ForbiddenCall extends Request {
  /** Names of roles, without the environment's. */
  readonly roles: readonly string[];
  /** To AWS itself; absent where no client for it is installed. */
  readonly ask?: (settings: Settings, real: Real) => Promise<unknown>;
}

/** What tasks come with. */
const OF_TASKS = ['service', 'migration', 'rotation'] as const;
export const OF_PIPELINES = ['plan', 'apply'] as const;
export const ALL = [...OF_PIPELINES, ...OF_TASKS] as const;
/** All that may not change anything, and who could change it. */
export const READERS = ['plan', ...OF_TASKS] as const;

/** An environment that no table has, in the same account. */
export const OTHER = 'elsewhere';
