/** Things that tests begin with; they take only what differs. */
import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { Order } from '../orders/schemas.ts';
import type { NewProduct, Product } from '../products/schemas.ts';
import type { TestStore } from './test-store.ts';

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

function succeeded(response: LightMyRequestResponse, status: number): unknown {
  if (response.statusCode !== status) {
    throw new Error(`expected ${status}, got ${response.statusCode}: ${response.body}`);
  }
  return response.json();
}
