/** Somebody who looks, wherever the service's clock is, whether what hangs on time is as it should. */
import { randomUUID } from 'node:crypto';
import type { StoreInUse } from './store-in-use.ts';

export interface Witness {
  /** @param minutes by which the clock is ahead. @returns a sentence for each thing that is wrong */
  look(minutes: number): Promise<string[]>;
}

/** Seconds of a window of the rate limit. */
const WINDOW = 60;

/** Milliseconds that the database's clock and ours, on one machine, may differ by. */
const TOLERANCE = 5000;

/** @param limit requests a minute: the witness sends as many, to be refused from then on */
export async function newWitness(store: StoreInUse, limit: number): Promise<Witness> {
  const lines = [{ productId: store.products[0], quantity: 1 }];
  const order = JSON.stringify({ lines });
  const buyer = store.home.issuer.authorization();
  const firstKey = randomUUID();
  const first = await placeOrder(store, buyer, { order, key: firstKey });
  const tokens = [300, -300].map((expiresIn) => ({ expiresIn, kept: tokenOf(store, expiresIn) }));
  const greedy = store.home.issuer.authorization();
  return {
    async look(minutes) {
      const placed = await placeOrder(store, buyer, { order, key: randomUUID() });
      const wrongTimes = wrongTime(placed.text);
      const again = await placeOrder(store, buyer, { order, key: firstKey });
      const refused = await useUp(store, greedy, limit);
      const judged = tokens.map(async ({ expiresIn, kept }) => {
        const expected = expiresIn > minutes * 60 ? 200 : 401;
        const answers = [kept, tokenOf(store, expiresIn)].map((token) => look(store, token));
        const statuses = (await Promise.all(answers)).map(({ status }) => status);
        if (statuses.every((status) => status === expected)) return [];
        return [`a token for ${expiresIn} s, seen before and not, answered ${statuses.join(', ')}`];
      });
      return [
        ...(await Promise.all(judged)).flat(),
        ...wrongTimes,
        ...(again.text === first.text ? [] : [`the first order, repeated: ${again.text}`]),
        ...wrongLimit(refused),
      ];
    },
  };
}

function tokenOf({ home: { issuer } }: StoreInUse, expiresIn: number): string {
  const exp = Math.floor(Date.now() / 1000) + expiresIn;
  return `Bearer ${issuer.key.sign({ ...issuer.claims(), exp })}`;
}

/** Requests at a time. */
const ABREAST = 20;

/** @returns the first refusal of the rate limit, or the last answer when there was none */
async function useUp(store: StoreInUse, authorization: string, limit: number): Promise<Seen> {
  for (let sent = 0; sent < limit; sent += ABREAST) {
    const asked = Array.from({ length: ABREAST }, () => look(store, authorization));
    const refused = (await Promise.all(asked)).find(({ status }) => status !== 200);
    if (refused !== undefined) return refused;
  }
  return look(store, authorization);
}

interface Seen {
  readonly status: number;
  readonly retryAfter: number;
}

async function look(
  { service, products: [product] }: StoreInUse,
  authorization: string,
): Promise<Seen> {
  const { status, headers, body } = await fetch(`${service.url}/v1/products/${product}`, {
    headers: { authorization },
  });
  await body?.cancel();
  return { status, retryAfter: Number(headers.get('retry-after')) };
}

async function placeOrder(
  { service }: StoreInUse,
  authorization: string,
  { order, key }: { order: string; key: string },
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${service.url}/v1/orders`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
    body: order,
  });
  return { status: response.status, text: await response.text() };
}

function wrongTime(order: string): string[] {
  const { placedAt = '' } = JSON.parse(order) as { placedAt?: string };
  if (Math.abs(Date.parse(placedAt) - Date.now()) < TOLERANCE) return [];
  return [`an order has another time than the database: ${order.slice(0, 200)}`];
}

/** Refused for no longer than the rest of a window, wherever that began. */
function wrongLimit({ status, retryAfter }: Seen): string[] {
  if (status === 429 && retryAfter >= 1 && retryAfter <= WINDOW) return [];
  return [`who asked too often was answered ${status}, Retry-After ${retryAfter}`];
}
