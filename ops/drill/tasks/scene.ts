/** Where a drill takes place: a home with full shelves, and every service that is started there. */
import { type Home, openHome } from '../../loopback/home.ts';
import { PATIENT, type Service, startService } from '../../loopback/service.ts';
import { fillShelves } from '../../loopback/shelves.ts';
import type { Outcome } from '../drill.ts';

export interface Scene {
  readonly home: Home;
  /** Ids of what can be bought. */
  readonly products: readonly string[];
  start(variables?: NodeJS.ProcessEnv): Promise<Service>;
}

/** What was started ends with `work`, however that ends. */
export async function inScene(work: (scene: Scene) => Promise<Outcome>): Promise<Outcome> {
  const home = await openHome();
  const services: Promise<Service>[] = [];
  try {
    const products = await fillShelves(home.databaseUrl);
    return await work({
      home,
      products,
      start(variables = {}) {
        const service = startService(home, { variables: { ...PATIENT, ...variables } });
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
