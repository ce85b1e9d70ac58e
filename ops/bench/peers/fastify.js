/** Fastify with @fastify/postgres, as their READMEs show them: schemas, unnamed queries, log on. */
import postgres from '@fastify/postgres';
import Fastify from 'fastify';
import { placeOrder } from './place-order.js';
import { findProduct, listOrders, listProducts } from './queries.js';
import { Refused } from './refused.js';
import { customerOf } from './tokens.js';

const text = { type: 'string' };
const whole = { type: 'integer' };
const time = { type: 'string', format: 'date-time' };
const id = { type: 'string', format: 'uuid' };
const limit = { type: 'integer', minimum: 1, maximum: 100, default: 20 };

const Product = {
  type: 'object',
  properties: {
    id,
    sku: text,
    name: text,
    description: text,
    price: { type: 'object', properties: { amount: whole, currency: text } },
    stock: whole,
    category: { ...text, nullable: true },
    imageUrl: { ...text, nullable: true },
    version: whole,
    createdAt: time,
    updatedAt: time,
    archivedAt: { ...time, nullable: true },
  },
};

const getProduct = {
  params: { type: 'object', properties: { id } },
  response: { 200: Product },
};

const getProducts = {
  querystring: { type: 'object', properties: { limit, q: text } },
  response: {
    200: {
      type: 'object',
      properties: {
        items: { type: 'array', items: Product },
        nextCursor: { ...text, nullable: true },
      },
    },
  },
};

const getOrders = { querystring: { type: 'object', properties: { limit } } };

const postOrder = {
  headers: {
    type: 'object',
    properties: { 'idempotency-key': text },
    required: ['idempotency-key'],
  },
  body: {
    type: 'object',
    required: ['lines'],
    properties: {
      lines: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['productId', 'quantity'],
          properties: { productId: id, quantity: { type: 'integer', minimum: 1 } },
        },
      },
      shippingAddress: { type: 'object' },
      note: text,
    },
  },
};

const fastify = Fastify({ logger: true });
await fastify.register(postgres, { connectionString: process.env.DATABASE_URL });

fastify.decorateRequest('customerId', '');
const onRequest = async (request) => {
  request.customerId = await customerOf(request.headers.authorization);
};

fastify.setErrorHandler((error, _request, reply) => {
  if (!(error instanceof Refused)) return reply.send(error);
  return reply.code(error.status).send({ code: error.message });
});

fastify.get('/health', async () => ({ status: 'ok' }));

fastify.get('/v1/products', { schema: getProducts }, (request) =>
  listProducts(fastify.pg, request.query),
);

fastify.get('/v1/products/:id', { schema: getProduct }, async (request) => {
  const product = await findProduct(fastify.pg, request.params.id);
  if (product === undefined) throw new Refused(404, 'PRODUCT_NOT_FOUND');
  return product;
});

fastify.post('/v1/orders', { schema: postOrder, onRequest }, async (request, reply) => {
  const { body, customerId, headers } = request;
  const placed = await fastify.pg.transact((client) =>
    placeOrder(client, customerId, headers['idempotency-key'], body),
  );
  return reply.code(201).header('location', `/v1/orders/${placed.id}`).send(placed);
});

fastify.get('/v1/orders', { schema: getOrders, onRequest }, (request) =>
  listOrders(fastify.pg, request.customerId, request.query),
);

await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
