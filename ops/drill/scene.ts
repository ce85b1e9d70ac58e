/** Where a drill takes place: a home with full shelves, and every service that is started there. */
import { type Home, openHome } from '../loopback/home.ts';
import { type Service, startService } from '../loopback/service.ts';
import { fillShelves } from '../loopback/shelves.ts';

export interface Scene {
  readonly home: Home;
  /** Ids of what can be bought. */
  readonly products: readonly string[];
  readonly start: (options?: ServiceOptions) => Promise<Service>;
}

export type ServiceOptions = Parameters<typeof startService>[1];

interface Stage {
  /** Settings of PostgreSQL. */
  readonly postgres?: readonly string[];
  /** How many can be bought. @default 20: buyers often want the same at the same moment */
  readonly products?: number;
}

/** What was started ends with `work`, however that ends. */
export async function inScene<Result>(
  work: (scene: Scene) => Promise<Result>,
  { postgres, products: count = 20 }: Stage = {},
): Promise<Result> {
  const home = await openHome(postgres);
  const services: Promise<Service>[] = [];
  try {
    const products = await fillShelves(home.databaseUrl, { products: count });
    return await work({
      home,
      products,
      start(options) {
        const service = startService(home, options);
        services.push(service);
        return service;
      },
    });
  } finally {
    // Also those that were still starting when another one failed.
    const started = await Promise.allSettled(services);
    for (const end of started) if (end.status === 'fulfilled') await end.value.kill();
    await home.close();
  }
}
