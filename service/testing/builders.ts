/** Things that tests begin with; they take only what differs. */
import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { Address } from '../http/schemas.ts';
import type { Order } from '../orders/schemas.ts';
import type { NewProduct, Product } from '../products/schemas.ts';
import type { TestStore } from './test-store.ts';

export const ADDRESS: Address = {
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  postalCode: 'SW1Y 4JH',
  city: 'London',
  country: 'GB',
};

interface ProductOptions extends Partial<NewProduct> {
  readonly stock?: number;
}

/** A product of the catalogue, with its stock. */
export async function makeProduct(
  store: TestStore,
  options: ProductOptions = {},
): Promise<Product> {
  const { stock = 0, ...product } = options;
  const headers = { authorization: store.admin };
  const created = await store.request({
    method: 'POST',
    url: '/v1/products',
    headers,
    body: {
      sku: `SKU-${randomUUID().slice(0, 8)}`,
      name: 'Blue mug',
      price: { amount: 1250, currency: 'EUR' },
      ...product,
    },
  });
  const { id } = succeeded(created, 201) as Product;
  if (stock > 0) {
    const body = { quantity: stock, reason: 'delivery' };
    const url = `/v1/products/${id}/stock-changes`;
    succeeded(await store.request({ method: 'POST', url, headers, body }), 201);
  }
  return readProduct(store, id);
}

export async function readProduct(store: TestStore, id: string): Promise<Product> {
  const headers = { authorization: store.admin };
  return succeeded(await store.request({ url: `/v1/products/${id}`, headers }), 200) as Product;
}

interface OrderOptions {
  readonly lines: readonly { productId: string; quantity: number }[];
  readonly authorization: string;
  readonly key?: string;
  readonly [member: string]: unknown;
}

/** The request for an order; the answer is the test's to judge. */
export function requestOrder(
  store: TestStore,
  { authorization, key = randomUUID(), ...body }: OrderOptions,
): Promise<LightMyRequestResponse> {
  const headers = { authorization, 'idempotency-key': key };
  return store.request({ method: 'POST', url: '/v1/orders', headers, body });
}

/** An order that was placed. */
export async function placeOrder(store: TestStore, options: OrderOptions): Promise<Order> {
  return succeeded(await requestOrder(store, options), 201) as Order;
}

/** An order of two pieces of a product that has five, and who placed it. */
export async function newOrder(
  store: TestStore,
  authorization: string = store.newCustomer().authorization,
) {
  const { id: productId } = await makeProduct(store, { stock: 5 });
  const lines = [{ productId, quantity: 2 }];
  return { authorization, productId, order: await placeOrder(store, { authorization, lines }) };
}

/** A step of an order; the answer is the test's to judge. */
export function requestStep(
  store: TestStore,
  { id, step, ...headers }: { id: string; step: string; [header: string]: string },
): Promise<LightMyRequestResponse> {
  return store.request({ method: 'POST', url: `/v1/orders/${id}/${step}`, headers });
}

/** Takes an order through steps; its status then, or the code of the first that was refused. */
export async function takeSteps(store: TestStore, id: string, ...steps: string[]): Promise<string> {
  const authorization = store.admin;
  for (const step of steps) {
    const response = await requestStep(store, { id, step, authorization });
    if (response.statusCode !== 200) return response.json<{ code: string }>().code;
  }
  const order = await store.request({ url: `/v1/orders/${id}`, headers: { authorization } });
  return (succeeded(order, 200) as Order).status;
}

function succeeded(response: LightMyRequestResponse, status: number): unknown {
  if (response.statusCode !== status) {
    throw new Error(`expected ${status}, got ${response.statusCode}: ${response.body}`);
  }
  return response.json();
}
