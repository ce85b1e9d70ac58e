/** What must be the same after a change as before it: what holds data, and the data. */
import assert from 'node:assert/strict';
import { LOSSES, meaningOf } from '../../stacks/addresses/stateful.ts';
import type { Place } from '../../stacks/place.ts';
import { readState } from '../running/states.ts';
import { ACCEPTED_LOSSES } from './from-accepted.ts';
import type { Ground } from './ground.ts';
import type { Home } from './home.ts';

export interface Kept {
  /** Type and id of AWS, whatever Terraform calls it. */
  readonly things: readonly string[];
  /** By id. */
  readonly orders: ReadonlyMap<string, object>;
  readonly products: ReadonlyMap<string, object>;
}

/** As it is at this moment. @throws Error when the store or the bucket does not answer */
export async function takeStock({ stacks }: Ground, home: Home): Promise<Kept> {
  const places: [Place, string[]][] = [
    [stacks.account, stacks.ofAccount],
    [stacks.environment, stacks.ofEnvironment],
  ];
  const things: string[] = [];
  for (const [place, names] of places) {
    for (const name of names) {
      things.push(...(await thingsIn(place, name.slice(place.label.length + 1))));
    }
  }
  const [orders, products] = await Promise.all([
    listed(home, '/v1/orders'),
    listed(home, '/v1/products'),
  ]);
  return { things, orders, products };
}

/** @throws AssertionError that names what is not as it was */
export function assertKept(before: Kept, after: Kept): void {
  const accepted = new Set(ACCEPTED_LOSSES.map(({ address }) => address.split('.')[0]));
  const gone = before.things
    .filter((thing) => !after.things.includes(thing))
    .filter((thing) => !accepted.has(typeOf(thing)));
  const lines = gone.map((thing) => `${thing}: ${meaningOf(typeOf(thing))}`);
  assert.equal(lines.join('\n'), '', 'these are gone, or others have taken their place');
  for (const [id, order] of before.orders) {
    const now = after.orders.get(id);
    assert.ok(now !== undefined, `the order ${id} is gone`);
    assert.partialDeepStrictEqual(now, order, `the order ${id} is another than before`);
  }
  const missing = [...before.products.keys()].filter((id) => !after.products.has(id));
  assert.deepEqual(missing, [], 'these products are gone');
}

const typeOf = (thing: string) => thing.split(' ')[0] ?? thing;

async function thingsIn(place: Place, stack: string): Promise<string[]> {
  const { resources } = (await readState(place, stack)) ?? { resources: [] };
  return resources
    .filter(({ type }) => LOSSES.has(type))
    .map(({ type, attributes }) => `${type} ${String(attributes['id'])}`);
}

/** Milliseconds. */
const PATIENCE = 10_000;

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

/** All pages of what the customer may see. */
async function listed({ url, shop }: Home, path: string): Promise<Map<string, object>> {
  const { authorization } = shop.customer;
  const found = new Map<string, object>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const response = await fetch(`${url}${path}?limit=100${query}`, {
      headers: { authorization },
      signal: AbortSignal.timeout(PATIENCE),
    });
    assert.equal(response.status, 200, `GET ${path}`);
    const { items, nextCursor } = (await response.json()) as Page;
    for (const item of items) found.set(item.id, item);
    cursor = nextCursor;
  }
  return found;
}
