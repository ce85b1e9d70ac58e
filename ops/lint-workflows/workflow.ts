/** A workflow or an action of ours, as far as promises are made about it. */
import { parse } from 'yaml';

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly if?: string;
  readonly shell?: string;
  readonly 'continue-on-error'?: unknown;
}

export interface Job {
  readonly name?: string;
  readonly 'runs-on'?: unknown;
  readonly needs?: string | readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: unknown;
  readonly if?: string;
  readonly permissions?: unknown;
  readonly environment?: unknown;
  readonly concurrency?: Concurrency;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Concurrency {
  readonly group?: string;
  readonly 'cancel-in-progress'?: unknown;
}

export interface Workflow {
  readonly triggers: readonly string[];
  /** What a push is narrowed to, such as `branches`. */
  readonly push?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: unknown;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
  /** As it is written, comments included. */
  readonly text: string;
}

type Written = Readonly<Record<string, unknown>>;

/** @throws Error when it is no YAML, or no workflow */
export function readWorkflow(text: string): Workflow {
  const written = parse(text) as Written & {
    readonly on: string | readonly string[] | Written;
    readonly jobs: Readonly<Record<string, Job>>;
  };
  const { on } = written;
  const triggers = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on);
  return {
    triggers: triggers as string[],
    ...(triggers.includes('push') && { push: (on as Written)['push'] }),
    ...(written['env'] !== undefined && { env: written['env'] as Record<string, string> }),
    permissions: written['permissions'],
    ...(written['concurrency'] !== undefined && {
      concurrency: written['concurrency'] as Concurrency,
    }),
    jobs: written.jobs,
    text,
  };
}

/** Of an action that is made of steps. @throws Error when it is none */
export function stepsOfAction(text: string): readonly Step[] {
  return (parse(text) as { readonly runs: { readonly steps: readonly Step[] } }).runs.steps;
}
