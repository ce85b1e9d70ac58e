/** A store that stands: where its door is, who shops there, and the load on it. */
import { CognitoPeople, type Pool } from '../deployed/cognito-people.ts';
import type { Person } from '../deployed/people.ts';
import { startDoor } from './door.ts';
import type { Ground } from './ground.ts';
import { Load } from './load.ts';

export interface Home {
  /** The front door, at an address of this machine. */
  readonly url: string;
  readonly pool: Pool;
  readonly shop: Shop;
  readonly load: Load;
  readonly stop: () => Promise<void>;
}

interface Shop {
  readonly admin: Person;
  readonly customer: Person;
  readonly currency: string;
  /** Two, each with more stock than a rehearsal sells. */
  readonly productIds: readonly [string, string];
}

/** More than ten orders a second for hours. */
const STOCK = 1_000_000;

/** Opens the door, makes an admin, a customer and two products. @throws Error with what the store answered */
export async function openHome({ stacks, endpoint }: Ground): Promise<Home> {
  const [service, identity] = await Promise.all([
    stacks.outputs('service'),
    stacks.outputs('identity'),
  ]);
  const door = await startDoor(endpoint, new URL(String(service['service_url'])).host);
  const pool = {
    userPoolId: String(identity['user_pool_id']),
    clientId: String(identity['command_line_client_id']),
  };
  const people = new CognitoPeople(pool);
  const close = async () => {
    try {
      await people.remove();
    } finally {
      await door.stop();
    }
  };
  try {
    const shop = await openShop(door.url, people, stacks.environment.service.currency);
    const [productId] = shop.productIds;
    const load = new Load({ url: door.url, customer: shop.customer, productId });
    const stop = async () => {
      await load.stop();
      await close();
    };
    return { url: door.url, pool, shop, load, stop };
  } catch (error) {
    // Why it did not open counts, not what could not be closed then.
    await close().catch(() => undefined);
    throw error;
  }
}

async function openShop(url: string, people: CognitoPeople, currency: string): Promise<Shop> {
  const admin = await people.newAdmin();
  const make = async (name: string) => {
    const body = {
      sku: `rehearsal-${name}`,
      name: `Mug ${name}`,
      price: { amount: 900, currency },
    };
    const { id } = (await post(url, '/v1/products', admin, body)) as { id: string };
    await post(url, `/v1/products/${id}/stock-changes`, admin, {
      quantity: STOCK,
      reason: 'rehearsal',
    });
    return id;
  };
  const productIds = [await make('one'), await make('two')] as const;
  return { admin, customer: await people.newCustomer(), currency, productIds };
}

async function post(url: string, path: string, { authorization }: Person, body: object) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as unknown;
}
