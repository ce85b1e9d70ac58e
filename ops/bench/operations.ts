/** The five things that are measured, as requests and as a script of pgbench. */
import { randomInt } from 'node:crypto';
import type { Issuer } from '../loopback/issuer.ts';
import { FRESH, type Request } from './job.ts';
import { customerId, modelName, productId, PRODUCTS_OF_A_MODEL } from './rows.ts';
import type { Stock } from './scale.ts';

export interface Operation {
  /** Also the name of its script in `pgbench/`. */
  readonly id: 'by-id' | 'list' | 'search' | 'order' | 'own-orders';
  /** As a heading. */
  readonly name: string;
  /** `GET /v1/products`: what is asked. */
  readonly asks: string;
  readonly requests: (shop: Shop) => readonly Request[];
}

/** What there is to ask for: picked at random, the same for all that are measured. */
export interface Shop {
  readonly productIds: readonly string[];
  /** What people type: words that find two pages or so. */
  readonly searches: readonly string[];
  /** `Bearer …` of as many customers. */
  readonly customers: readonly string[];
}

/** Each of 50 connections walks through 200 of them. */
const PRODUCTS = 10_000;
const SEARCHES = 1000;
/** Tokens: a shop has many customers, each with a few requests in a minute. */
const CUSTOMERS = 1000;

export const OPERATIONS: readonly Operation[] = [
  {
    id: 'by-id',
    name: 'Product by id',
    asks: 'GET /v1/products/{id}',
    requests: ({ productIds }) => productIds.map((id) => get(`/v1/products/${id}`)),
  },
  {
    id: 'list',
    name: 'List of 20 products',
    asks: 'GET /v1/products',
    requests: () => [get('/v1/products')],
  },
  {
    id: 'search',
    name: 'List with search',
    asks: 'GET /v1/products?q=…',
    requests: ({ searches }) =>
      searches.map((words) => get(`/v1/products?q=${encodeURIComponent(words)}`)),
  },
  {
    id: 'order',
    name: 'Place an order',
    asks: 'POST /v1/orders, 2 lines, a fresh idempotency key, a token',
    requests: ({ productIds, customers }) =>
      productIds.map((one, index) => {
        const other = productIds[(index + 1) % productIds.length] ?? one;
        const authorization = customers[index % customers.length] ?? '';
        return place(authorization, [one, other]);
      }),
  },
  {
    id: 'own-orders',
    name: 'Own orders',
    asks: 'GET /v1/orders, a token',
    requests: ({ customers }) =>
      customers.map((authorization) => ({ ...get('/v1/orders'), headers: { authorization } })),
  },
];

function get(path: string): Request {
  return { method: 'GET', path };
}

function place(authorization: string, productIds: readonly string[]): Request {
  return {
    method: 'POST',
    path: '/v1/orders',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': FRESH },
    body: JSON.stringify({ lines: productIds.map((id) => ({ productId: id, quantity: 1 })) }),
  };
}

/** @param issuer signs the tokens */
export function pickShop(
  { products, customers }: Stock,
  issuer: Pick<Issuer, 'authorization'>,
): Shop {
  const models = Math.floor(products / PRODUCTS_OF_A_MODEL);
  return {
    // Each once: an order names two that differ.
    productIds: [...new Set(pick(PRODUCTS, products))].map(productId),
    searches: pick(SEARCHES, models).map(modelName),
    customers: pick(CUSTOMERS, customers).map((n) => issuer.authorization(customerId(n))),
  };
}

/** @returns numbers of rows */
function pick(count: number, most: number): number[] {
  return Array.from({ length: count }, () => randomInt(1, most + 1));
}
