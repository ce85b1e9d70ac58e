import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Load } from './load.ts';

const customer = { id: 'c', authorization: 'Bearer t' };

/** A store that answers as it is told, and remembers what it was asked. */
async function store(status: (method: string) => number, delay = 0) {
  const asked: string[] = [];
  const keys = new Set<string>();
  const server = createServer(({ method = '', url = '', headers }, answer) => {
    asked.push(`${method} ${url}`);
    keys.add(String(headers['idempotency-key']));
    const body = status(method) === 503 ? '{"status":503,"code":"OVERLOADED"}' : '';
    setTimeout(() => answer.writeHead(status(method)).end(body), delay);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, asked, keys, stop };
}

async function until(condition: () => boolean) {
  const deadline = performance.now() + 10_000;
  while (!condition() && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('it asks in turn for a list, a product, an order and the orders', async () => {
  const { url, asked, keys, stop } = await store((method) => (method === 'POST' ? 201 : 200));
  const load = new Load({ url, customer, productId: 'p' });

  load.start();
  await until(() => asked.length >= 8);
  await load.stop();
  stop();

  expect(new Set(asked)).toEqual(
    new Set([
      'GET /v1/products?limit=5',
      'GET /v1/products/p',
      'POST /v1/orders',
      'GET /v1/orders?limit=5',
    ]),
  );
  // Those of two orders, and none elsewhere.
  expect(keys.size).toBeGreaterThanOrEqual(3);
  expect(load.tally()).toMatchObject({ requests: asked.length, failed: [] });
});

test('every answer that is not as it should be is counted with its reason', async () => {
  const { url, asked, stop } = await store((method) => (method === 'POST' ? 503 : 200));
  const load = new Load({ url, customer, productId: 'p' });

  load.start();
  await until(() => asked.length >= 4);
  await load.stop();
  stop();

  const { failed } = load.tally();
  expect(failed.length).toBeGreaterThan(0);
  expect(failed).toEqual(
    failed.map(
      () => expect.objectContaining({ failure: 'answered 503 (OVERLOADED), not 201' }) as unknown,
    ),
  );
});

test('a store that is gone is a failure of each request', async () => {
  const { url, stop } = await store(() => 200);
  stop();
  const load = new Load({ url, customer, productId: 'p' });

  load.start();
  await until(() => load.tally().requests >= 2);
  await load.stop();

  const { requests, failed } = load.tally();
  expect(failed).toHaveLength(requests);
  expect(failed[0]?.failure).toMatch(/fetch failed: .*ECONNREFUSED/);
});

test('answers that are still to come can be waited for, while others are asked for', async () => {
  const { url, asked, stop } = await store(() => 500, 300);
  const load = new Load({ url, customer, productId: 'p' });

  load.start();
  await until(() => asked.length >= 2);
  const asOf = Date.now();
  const before = load.tally(0, asOf).requests;
  await load.settled();
  const settled = load.tally(0, asOf);
  await load.stop();
  stop();

  expect(settled.requests).toBeGreaterThan(before);
  expect(settled.failed).toHaveLength(settled.requests);
});
