/** Node's own server with pg and nothing else: no log, no validation, no headers of security. */
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { Pool } from 'pg';
import { placeOrder } from './place-order.js';
import { findProduct, listOrders, listProducts } from './queries.js';
import { Refused } from './refused.js';
import { customerOf } from './tokens.js';
import { transaction } from './transaction.js';

const PRODUCT_PATH = '/v1/products/';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });

createServer((request, response) => {
  answer(request).then(
    ([status, body]) => send(response, status, body),
    (error) => send(response, error.status ?? 500, { code: error.message }),
  );
}).listen(Number(process.env.PORT), '127.0.0.1');

async function answer(request) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const limit = Number(searchParams.get('limit') ?? 20);
  if (pathname.startsWith(PRODUCT_PATH)) {
    const product = await findProduct(pool, pathname.slice(PRODUCT_PATH.length));
    if (product === undefined) throw new Refused(404, 'PRODUCT_NOT_FOUND');
    return [200, product];
  }
  switch (`${request.method} ${pathname}`) {
    case 'GET /v1/products':
      return [200, await listProducts(pool, { limit, q: searchParams.get('q') ?? undefined })];
    case 'GET /v1/orders':
      return [
        200,
        await listOrders(pool, await customerOf(request.headers.authorization), { limit }),
      ];
    case 'POST /v1/orders':
      return [201, await order(request)];
    case 'GET /health':
      return [200, { status: 'ok' }];
    default:
      throw new Refused(404, 'NOT_FOUND');
  }
}

async function order(request) {
  const customerId = await customerOf(request.headers.authorization);
  const key = request.headers['idempotency-key'];
  const body = await json(request);
  return transaction(pool, (client) => placeOrder(client, customerId, key, body));
}

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
