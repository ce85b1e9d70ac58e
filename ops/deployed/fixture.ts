/** What a test file makes in the store, and takes away again: people, products, keys, orders. */
import { randomUUID } from 'node:crypto';
import type { ApiKey } from '../../service/api-keys/schemas.ts';
import type { Scope } from '../../service/auth/principal.ts';
import type { Page } from '../../service/http/page.ts';
import type { Address, Money } from '../../service/http/schemas.ts';
import type { NewOrder, Order } from '../../service/orders/schemas.ts';
import type { NewProduct, Product } from '../../service/products/schemas.ts';
import { type Answer, call } from './client.ts';
import { type Credential, peopleOf, type Person } from './people.ts';
import { target } from './target.ts';

/** As it is shown once, and what a request shows of it. */
type NewApiKey = ApiKey & Credential & { readonly key: string };

export const ADDRESS: Address = {
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  postalCode: 'SW1Y 4JH',
  city: 'London',
  country: 'GB',
};

/** `If-Match` for whatever version there is. */
export const ANY_VERSION = { 'if-match': '*' };

/** A word that nobody else's data has. */
export function unique(): string {
  return `test-${randomUUID()}`;
}

export function price(amount: number): Money {
  return { amount, currency: target.currency };
}

/** One for each test file; all of it goes at the file's end, however that comes. */
export function useFixture(): Fixture {
  const fixture = new Fixture();
  afterAll(() => fixture.remove());
  return fixture;
}

export class Fixture {
  readonly people = peopleOf(target.people, target.url);
  readonly #customers: Person[] = [];
  readonly #products: string[] = [];
  readonly #keys: string[] = [];
  #admin: Promise<Person> | undefined;

  /** The same one throughout the file. */
  admin(): Promise<Person> {
    this.#admin ??= this.people.newAdmin();
    return this.#admin;
  }

  async newCustomer(): Promise<Person> {
    const customer = await this.people.newCustomer();
    this.#customers.push(customer);
    return customer;
  }

  newCustomers(count: number): Promise<Person[]> {
    return Promise.all(Array.from({ length: count }, () => this.newCustomer()));
  }

  /** The answer to `POST /v1/products`, whatever it is. */
  async postProduct(members: Partial<NewProduct> = {}, as?: Credential): Promise<Answer<Product>> {
    const body = { sku: unique(), name: 'Blue mug', price: price(1999), ...members };
    const answer = await call<Product>('POST', '/v1/products', {
      as: as ?? (await this.admin()),
      body,
    });
    if (answer.status === 201) this.#products.push(answer.json.id);
    return answer;
  }

  /** A product as it is once its stock is there. */
  async addProduct({ stock = 0, ...members }: Partial<NewProduct> & { stock?: number } = {}) {
    const { json: product } = expectStatus(201, await this.postProduct(members));
    if (stock === 0) return product;
    await this.changeStock(product, stock);
    return this.readProduct(product);
  }

  async changeStock({ id }: Product, quantity: number): Promise<void> {
    const path = `/v1/products/${id}/stock-changes`;
    const body = { quantity, reason: 'test' };
    expectStatus(201, await call('POST', path, { as: await this.admin(), body }));
  }

  /** As an admin sees it: never from a cache. */
  async readProduct({ id }: Pick<Product, 'id'>): Promise<Product> {
    const as = await this.admin();
    return expectStatus(200, await call<Product>('GET', `/v1/products/${id}`, { as })).json;
  }

  async archiveProduct({ id }: Product): Promise<void> {
    const as = await this.admin();
    const headers = ANY_VERSION;
    expectStatus(204, await call('DELETE', `/v1/products/${id}`, { as, headers }));
  }

  /** A placed order of one piece of each product. */
  async placeOrder(as: Person, products: readonly Product[], members: Partial<NewOrder> = {}) {
    const lines = products.map(({ id }) => ({ productId: id, quantity: 1 }));
    return expectStatus(201, await postOrder(as, { lines, ...members })).json;
  }

  async advance({ id }: Order, step: string): Promise<Order> {
    const as = await this.admin();
    return expectStatus(200, await call<Order>('POST', `/v1/orders/${id}/${step}`, { as })).json;
  }

  async addApiKey(scopes: readonly Scope[]): Promise<NewApiKey> {
    const body = { name: unique(), scopes };
    const answer = await call<NewApiKey>('POST', '/v1/api-keys', { as: await this.admin(), body });
    const { json: made } = expectStatus(201, answer);
    this.#keys.push(made.id);
    return { ...made, authorization: `ApiKey ${made.key}` };
  }

  /** @throws AggregateError with everything that is still there */
  async remove(): Promise<void> {
    const failures = [
      ...(await failuresOf(this.#customers.map((customer) => () => forget(customer)))),
      ...(await failuresOf(this.#products.map((id) => () => this.#delete(`/v1/products/${id}`)))),
      ...(await failuresOf(this.#keys.map((id) => () => this.#delete(`/v1/api-keys/${id}`)))),
      ...(await failuresOf([() => this.people.remove()])),
    ];
    if (failures.length > 0) throw new AggregateError(failures, 'some of the test data is left');
  }

  async #delete(path: string): Promise<void> {
    const as = await this.admin();
    const { status } = await call('DELETE', path, { as, headers: ANY_VERSION });
    if (status !== 204 && status !== 404) throw new Error(`DELETE ${path} answered ${status}`);
  }
}

/** The answer to `POST /v1/orders`, whatever it is. */
export function postOrder(as: Credential, body: unknown, key: string = randomUUID()) {
  return call<Order>('POST', '/v1/orders', { as, body, headers: { 'idempotency-key': key } });
}

/** Fails with the whole answer, which says why. */
export function expectStatus<Body>(status: number, answer: Answer<Body>): Answer<Body> {
  expect(answer).toMatchObject({ status });
  return answer;
}

/** Orders cannot be deleted: the open ones are called off, so that nobody packs them. */
async function forget(customer: Person): Promise<void> {
  for (const status of ['placed', 'paid']) {
    const path = `/v1/orders?limit=100&status=${status}`;
    const { json } = expectStatus(200, await call<Page<Order>>('GET', path, { as: customer }));
    for (const { id } of json.items) {
      expectStatus(200, await call('POST', `/v1/orders/${id}/cancel`, { as: customer }));
    }
  }
  const request = { as: customer, headers: ANY_VERSION };
  expectStatus(204, await call('DELETE', '/v1/customers/me', request));
}

type End = () => Promise<unknown>;

async function failuresOf(ends: readonly End[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(ends.map(twice));
  return settled.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
}

/** A connection that lay idle during the tests may be closed in the moment it is used again. */
async function twice(end: End): Promise<unknown> {
  try {
    return await end();
  } catch (error) {
    // What fetch fails with when no answer came.
    if (error instanceof TypeError) return end();
    throw error;
  }
}
