/** A store whose process is looked at from outside, with something to buy. */
import type { Service } from '../../loopback/service.ts';
import type { Outcome } from '../drill.ts';
import { inScene, type Scene, type ServiceOptions } from '../scene.ts';

export interface OpenStore extends Omit<Scene, 'start'> {
  readonly service: Service;
  readonly pid: number;
}

/** Enough that buyers seldom want the same at the same moment. */
const PRODUCTS = 1000;

/** @param options of the service */
export function withStore(
  work: (store: OpenStore) => Promise<Outcome>,
  options: ServiceOptions = {},
): Promise<Outcome> {
  return inScene(
    async ({ home, products, start }) => {
      const service = await start(options);
      return work({ home, service, pid: pidOf(service), products });
    },
    { products: PRODUCTS },
  );
}

/** For `--import`, so that Node runs it before the service. */
export function inside(file: 'hurry' | 'lag'): string[] {
  return ['--import', new URL(`inside/${file}.ts`, import.meta.url).href];
}

function pidOf({ child }: Service): number {
  if (child.pid === undefined) throw new Error('the service has no process');
  return child.pid;
}
