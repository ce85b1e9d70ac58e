import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Door, startDoor, startProxy } from './door.ts';

const BALANCER = 'store-1.eu-central-1.elb.amazonaws.com';

let gateway: Server;
let address: string;
let opened: Door | undefined;

beforeAll(async () => {
  gateway = createServer((asked, answer) => {
    let body = '';
    asked.on('data', (chunk: Buffer) => (body += chunk.toString()));
    asked.on('end', () => {
      if (asked.url === '/broken') return answer.destroy();
      const { host } = asked.headers;
      answer.writeHead(201, { 'x-request-id': '7' });
      return answer.end(JSON.stringify({ host, method: asked.method, url: asked.url, body }));
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  address = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await opened?.stop();
  opened = undefined;
});
afterAll(() => gateway.close());

test('the door passes a request on under the balancer’s name, and the answer back', async () => {
  opened = await startDoor(address, BALANCER);

  const answer = await fetch(`${opened.url}/v1/orders?limit=1`, { method: 'POST', body: 'mug' });

  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-request-id')).toBe('7');
  expect(await answer.json()).toEqual({
    host: BALANCER,
    method: 'POST',
    url: '/v1/orders?limit=1',
    body: 'mug',
  });
});

test('a client is told how long this connection lives, not one behind the door', async () => {
  opened = await startDoor(address, BALANCER);

  const { headers } = await fetch(`${opened.url}/v1/orders`);

  expect(headers.get('keep-alive')).toBe('timeout=60');
});

test('a connection that breaks behind the door breaks before it', async () => {
  opened = await startDoor(address, BALANCER);

  await expect(fetch(`${opened.url}/broken`)).rejects.toThrow('fetch failed');
});

async function throughProxy({ url }: Door, target: string) {
  const { hostname, port } = new URL(url);
  const { host } = new URL(target);
  const asked = request({ hostname, port, path: target, headers: { host }, agent: false }).end();
  const [answer] = (await once(asked, 'response')) as [
    AsyncIterable<Buffer> & { statusCode: number },
  ];
  let text = '';
  for await (const chunk of answer) text += chunk.toString();
  return { status: answer.statusCode, text };
}

async function tunnelTo({ url }: Door, path: string) {
  const { hostname, port } = new URL(url);
  const asked = request({ hostname, port, method: 'CONNECT', path, agent: false }).end();
  const [answer, socket] = (await once(asked, 'connect')) as [{ statusCode: number }, Socket];
  return { status: answer.statusCode, socket };
}

test('the proxy leads plain requests for a balancer to the gateway', async () => {
  opened = await startProxy(address);

  const { status, text } = await throughProxy(opened, `http://${BALANCER}/v1/products?limit=1`);

  expect(status).toBe(201);
  expect(JSON.parse(text)).toMatchObject({ host: BALANCER, url: '/v1/products?limit=1' });
});

test('the proxy opens tunnels to a balancer', async () => {
  opened = await startProxy(address);

  const { status, socket } = await tunnelTo(opened, `${BALANCER}:80`);
  socket.write(`GET /v1/products HTTP/1.1\r\nHost: ${BALANCER}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);

  expect(status).toBe(200);
  expect(text).toContain('"url":"/v1/products"');
});

test.each(['example.com', '127.0.0.1', 'elb.amazonaws.com.example.com'])(
  'the proxy leads nobody to %s',
  async (host) => {
    opened = await startProxy(address);

    const plain = await throughProxy(opened, `http://${host}/`);
    const { status, socket } = await tunnelTo(opened, `${host}:80`);
    socket.destroy();

    expect([plain.status, status]).toEqual([403, 403]);
  },
);
