/** A store on loopback for as long as a drill works on it; whatever happens, nothing of it stays. */
import { setTimeout as wait } from 'node:timers/promises';
import { wrongInBooks } from '../../loopback/books.ts';
import type { Home } from '../../loopback/home.ts';
import { PATIENT, type Service } from '../../loopback/service.ts';
import { startVisitors, type Visitors } from '../../loopback/visitors.ts';
import type { Ground } from '../drill.ts';
import { inScene } from '../scene.ts';

export interface StoreInUse {
  readonly home: Home;
  readonly service: Service;
  readonly products: readonly string[];
  readonly receive: (settings?: Reception) => Visitors;
  /** @throws AbortError when the drill is stopped */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** What an answer may take: in the small form, which shares the machine with other tests, more. */
  readonly limit: (milliseconds: number) => number;
  /** Sends the visitors away. @returns a sentence for each thing that they found wrong */
  readonly settle: (...groups: readonly Visitors[]) => Promise<string[]>;
}

interface Reception {
  /** What they look at and buy. @default all */
  readonly products?: readonly string[];
  readonly clients?: number;
  readonly rest?: number;
}

interface Settings {
  /** Of PostgreSQL. */
  readonly postgres?: readonly string[];
  /** Of Node, for the service. */
  readonly flags?: readonly string[];
  readonly variables?: NodeJS.ProcessEnv;
  /** @default more than anybody asks */
  readonly rateLimitPerMinute?: number;
}

/** By what limits are multiplied. */
const BUSY = { full: 1, small: 5 };

export function withStore<Result>(
  { signal, size }: Ground,
  { postgres = [], flags = [], variables = {}, rateLimitPerMinute }: Settings,
  work: (store: StoreInUse) => Promise<Result>,
): Promise<Result> {
  return inScene(
    async ({ home, products, start }) => {
      if (rateLimitPerMinute !== undefined) await home.writeSettings({ rateLimitPerMinute });
      const service = await start({ flags, variables: { ...PATIENT, ...variables } });
      const over = new AbortController();
      const end = AbortSignal.any([signal, over.signal]);
      try {
        return await work({
          home,
          service,
          products,
          receive: (settings) =>
            startVisitors({ home, url: service.url, products, signal: end, ...settings }),
          pause: (milliseconds) => wait(milliseconds, undefined, { signal }),
          limit: (milliseconds) => milliseconds * BUSY[size],
          settle: (...groups) => settle({ home, service }, groups),
        });
      } finally {
        over.abort();
      }
    },
    { postgres },
  );
}

async function settle(
  { home, service }: Pick<StoreInUse, 'home' | 'service'>,
  groups: readonly Visitors[],
): Promise<string[]> {
  await Promise.all(groups.map((visitors) => visitors.leave()));
  const { exitCode, signalCode } = service.child;
  const end = exitCode ?? signalCode;
  const visits = groups.flatMap((visitors) => visitors.visits);
  const customers = groups.flatMap((visitors) => visitors.customers);
  return [
    ...(end === null ? [] : [`the service ended with ${end}`]),
    ...(await wrongInBooks(home.databaseUrl, { visits, customers })),
  ];
}
