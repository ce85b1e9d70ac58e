/**
 * Express with what the store has in production: request log, security headers, rate limit,
 * validation and checked tokens, each by the package that its users take for it.
 */
import { randomUUID } from 'node:crypto';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { Pool } from 'pg';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { ZodError } from 'zod';
import { placeOrder } from './place-order.js';
import { findProduct, listOrders, listProducts } from './queries.js';
import { Refused } from './refused.js';
import { ById, Key, NewOrder, OrderQuery, ProductQuery } from './schemas.js';
import { customerOf } from './tokens.js';
import { transaction } from './transaction.js';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const app = express();
// By default each body is hashed for it; the store has it from the version, where there is one.
app.set('etag', false);

app.get('/health', (_request, response) => response.json({ status: 'ok' }));

app.use(pinoHttp({ logger: pino(pino.destination({ sync: false })), genReqId: requestId }));
app.use(helmet());
app.use(
  rateLimit({
    windowMs: 60_000,
    // Above every load.
    limit: 100_000_000,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
  }),
);
app.use(express.json());

app.get('/v1/products', async (request, response) => {
  response.json(await listProducts(pool, ProductQuery.parse(request.query)));
});

app.get('/v1/products/:id', async (request, response) => {
  const product = await findProduct(pool, ById.parse(request.params).id);
  if (product === undefined) throw new Refused(404, 'PRODUCT_NOT_FOUND');
  response.set('etag', `"${product.version}"`).json(product);
});

app.use('/v1/orders', async (request, response, next) => {
  response.locals.customerId = await customerOf(request.headers.authorization);
  next();
});

app.post('/v1/orders', async (request, response) => {
  const order = NewOrder.parse(request.body);
  const key = Key.parse(request.headers['idempotency-key']);
  const { customerId } = response.locals;
  const placed = await transaction(pool, (client) => placeOrder(client, customerId, key, order));
  response.status(201).location(`/v1/orders/${placed.id}`).json(placed);
});

app.get('/v1/orders', async (request, response) => {
  response.json(
    await listOrders(pool, response.locals.customerId, OrderQuery.parse(request.query)),
  );
});

// Express knows a handler of errors by its four parameters.
// oxlint-disable-next-line eslint/max-params
app.use((error, request, response, _next) => {
  if (error instanceof ZodError) return response.status(400).json({ errors: error.issues });
  if (error instanceof Refused) return response.status(error.status).json({ code: error.message });
  request.log.error(error);
  return response.status(500).json({ code: 'INTERNAL' });
});

app.listen(process.env.PORT, '127.0.0.1');

function requestId(request, response) {
  const id = request.headers['x-request-id'] ?? randomUUID();
  response.setHeader('x-request-id', id);
  return id;
}
