/** A store with something to buy, for as long as a drill needs it. */
import { type Home, openHome } from '../../loopback/home.ts';
import { type Service, startService } from '../../loopback/service.ts';
import { fillShelves } from '../../loopback/shelves.ts';
import type { Outcome } from '../drill.ts';

export interface OpenStore {
  readonly home: Home;
  readonly service: Service;
  readonly pid: number;
  readonly products: readonly string[];
}

/** Enough that buyers seldom want the same at the same moment. */
const PRODUCTS = 1000;

/** @param options of the service */
export async function withStore(
  work: (store: OpenStore) => Promise<Outcome>,
  options: Parameters<typeof startService>[1] = {},
): Promise<Outcome> {
  const home = await openHome();
  try {
    const products = await fillShelves(home.databaseUrl, { products: PRODUCTS });
    const service = await startService(home, options);
    try {
      return await work({ home, service, pid: pidOf(service), products });
    } finally {
      await service.kill();
    }
  } finally {
    await home.close();
  }
}

/** For `--import`, so that Node runs it before the service. */
export function inside(file: 'hurry' | 'lag'): string[] {
  return ['--import', new URL(`inside/${file}.ts`, import.meta.url).href];
}

function pidOf({ child }: Service): number {
  if (child.pid === undefined) throw new Error('the service has no process');
  return child.pid;
}
