/** All that one run of the benchmark found out: what the report is made of. */
import type { Garbage } from './garbage.ts';
import type { Growth } from './growth.ts';
import type { Pgbench } from './pgbench.ts';
import type { Measured, Series } from './rounds.ts';
import type { Scale } from './scale.ts';
import type { Starts } from './starts.ts';
import type { Operation } from './operations.ts';

/** What is measured beside the peers, as the report names it. */
export const STORE = { id: 'store', name: 'this store' } as const;
export const SILENT = { id: 'store-silent', name: 'this store, log and metrics off' } as const;
/** The limit: as many clients as the store's pool has connections. */
export const LIMIT = { id: 'pgbench-10', name: 'pgbench, 10 clients', clients: 10 } as const;
/** As many as the store has callers. */
export const WIDE_LIMIT = { id: 'pgbench-50', name: 'pgbench, 50 clients', clients: 50 } as const;

export interface Tools {
  /** Undefined where it is not installed, like the version of the other. */
  readonly pgbench: Pgbench | undefined;
  readonly wrk: string | undefined;
}

export interface Results {
  readonly date: Date;
  readonly command: string;
  readonly minutes: number;
  readonly scale: Scale;
  readonly machine: readonly (readonly [name: string, value: string])[];
  readonly measured: readonly Measured[];
  /** By the other generator, when it is installed. */
  readonly byWrk?: readonly Measured[];
  readonly starts: readonly Starts[];
  readonly garbage: readonly Garbage[];
  readonly growth?: Growth;
}

export function seriesOf(
  measured: readonly Measured[],
  operation: Operation['id'],
  id: string,
): Series | undefined {
  const { series = [] } = measured.find((one) => one.operation === operation) ?? {};
  return series.find((one) => one.id === id);
}
