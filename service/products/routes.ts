import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { anyone, staff } from '../auth/access.ts';
import { principalOfRequest } from '../auth/authenticate.ts';
import type { Principal } from '../auth/principal.ts';
import { CurrencyMismatch, Forbidden, ProductNotFound } from '../errors.ts';
import { mergePatch } from '../http/merge-patch.ts';
import { etag, notModified, requireMatch } from '../http/preconditions.ts';
import type { Money } from '../http/schemas.ts';
import type { App, Services } from '../services.ts';
import { listProducts } from './list-products.ts';
import * as operations from './operations.ts';
import {
  archiveProduct,
  findProduct,
  insertProduct,
  lockProduct,
  updateProduct,
} from './queries.ts';
import type { NewProduct, Product, ProductPatch } from './schemas.ts';
import { stockRoutes } from './stock-routes.ts';

const forStaff = { access: staff('products:write') };

export function productRoutes(app: App, services: Services): void {
  readRoutes(app, services);
  writeRoutes(app, services);
  stockRoutes(app, services);
}

function readRoutes(app: App, { db }: Services): void {
  const config = { access: anyone };

  app.get(
    '/v1/products',
    { config, schema: operations.listProducts, onRequest: keepArchivedForAdmins },
    async (request, reply) => {
      const page = await listProducts(db.read, request.query);
      allowCaching(request, reply);
      return page;
    },
  );

  app.get('/v1/products/:id', { config, schema: operations.getProduct }, async (request, reply) => {
    const found = await findProduct(db.read, request.params.id);
    const product = visible(found, request.principal);
    allowCaching(request, reply);
    if (notModified(request, reply, product.version)) return reply.code(304).send(undefined);
    return product;
  });
}

function writeRoutes(app: App, { db, currency }: Services): void {
  const config = forStaff;

  app.post('/v1/products', { config, schema: operations.createProduct }, async (request, reply) => {
    checkCurrency(request.body.price, currency);
    const product = await insertProduct(db.write, uuidv7(), request.body);
    reply.header('location', `/v1/products/${product.id}`).header('etag', etag(product.version));
    return reply.code(201).send(product);
  });

  app.patch(
    '/v1/products/:id',
    { config, schema: operations.updateProduct },
    async ({ params, body, headers, principal }, reply) => {
      const product = await db.transaction(async (transaction) => {
        const present = visible(await lockProduct(transaction, params.id), principal);
        requireMatch(headers['if-match'], present.version);
        const patched = merge(present, body);
        checkCurrency(patched.price, currency);
        return updateProduct(transaction, params.id, patched);
      });
      reply.header('etag', etag(product.version));
      return product;
    },
  );

  app.delete(
    '/v1/products/:id',
    { config, schema: operations.archiveProduct },
    async ({ params, headers, principal }, reply) => {
      await db.transaction(async (transaction) => {
        const present = visible(await lockProduct(transaction, params.id), principal);
        requireMatch(headers['if-match'], present.version);
        await archiveProduct(transaction, params.id);
      });
      return reply.code(204).send(undefined);
    },
  );
}

/** Without a description there is the empty text; without category or image there is none. */
function merge(present: Product, patch: ProductPatch): NewProduct {
  // The schema of the patch lets only these three be removed.
  const { description = '', ...rest } = mergePatch(present, patch);
  return { ...(rest as Product), description };
}

/** @throws ProductNotFound for an archived one, unless an admin asks */
function visible(product: Product | undefined, principal: Principal | null): Product {
  if (product === undefined) throw new ProductNotFound();
  if (product.archivedAt !== null && !seesArchived(principal)) throw new ProductNotFound();
  return product;
}

/** A matter of role, so it comes before the query is looked at. */
async function keepArchivedForAdmins(request: FastifyRequest): Promise<void> {
  const { archived } = request.query as { archived?: unknown };
  if (archived === 'true' && !seesArchived(principalOfRequest(request))) throw new Forbidden();
}

function seesArchived(principal: Principal | null): boolean {
  return principal?.kind === 'admin';
}

/** What is the same for everybody may be kept by caches for a moment. */
function allowCaching({ principal }: FastifyRequest, reply: FastifyReply): void {
  if (principal === null) reply.header('cache-control', 'public, max-age=30');
}

function checkCurrency(price: Money, currency: string): void {
  if (price.currency === currency) return;
  throw new CurrencyMismatch(`This store sells in ${currency}.`, {
    errors: [{ pointer: '/price/currency', detail: `must be ${currency}` }],
  });
}
