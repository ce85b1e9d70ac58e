import type { FastifyRequest } from 'fastify';
import { peopleAnd, staff } from '../auth/access.ts';
import { principalOfRequest } from '../auth/authenticate.ts';
import type { Principal } from '../auth/principal.ts';
import { Forbidden, OrderNotFound, OrderState } from '../errors.ts';
import { mergePatch } from '../http/merge-patch.ts';
import { checkMatch, etag, notModified, requireMatch } from '../http/preconditions.ts';
import { Address } from '../http/schemas.ts';
import { requireValid } from '../http/validation.ts';
import type { App, Services } from '../services.ts';
import * as operations from './operations.ts';
import { placeOrderRoute } from './place-order-route.ts';
import { findOrder, listOrders, lockOrder, type Owner, updateDelivery } from './queries.ts';
import type { Order, OrderPatch, Status } from './schemas.ts';
import { advance, type Transition, TRANSITIONS } from './transitions.ts';

export function orderRoutes(app: App, services: Services): void {
  placeOrderRoute(app, services);
  readRoutes(app, services);
  updateRoute(app, services);
  for (const transition of Object.keys(TRANSITIONS) as Transition[]) {
    transitionRoute(app, services, transition);
  }
}

function readRoutes(app: App, { db }: Services): void {
  const config = { access: peopleAnd('orders:read') };

  app.get(
    '/v1/orders',
    { config, schema: operations.listOrders, onRequest: keepOthersFromCustomers },
    async (request) => {
      const owner = ownerFor(principalOfRequest(request)) ?? request.query.customerId;
      return listOrders(db.read, owner, request.query);
    },
  );

  app.get('/v1/orders/:id', { config, schema: operations.getOrder }, async (request, reply) => {
    const owner = ownerFor(principalOfRequest(request));
    const order = existing(await findOrder(db.read, request.params.id, owner));
    if (notModified(request, reply, order.version)) return reply.code(304).send(undefined);
    return order;
  });
}

/** Address and note may change until the parcel is on its way. */
const CHANGEABLE: ReadonlySet<Status> = new Set(['placed', 'paid']);

function updateRoute(app: App, { db }: Services): void {
  const config = { access: peopleAnd('orders:write') };

  app.patch(
    '/v1/orders/:id',
    { config, schema: operations.updateOrder },
    async (request, reply) => {
      const { params, body, headers } = request;
      const owner = ownerFor(principalOfRequest(request));
      const order = await db.transaction(async (transaction) => {
        const present = existing(await lockOrder(transaction, params.id, owner));
        requireMatch(headers['if-match'], present.version);
        if (!CHANGEABLE.has(present.status)) {
          throw new OrderState(`A ${present.status} order does not change any more.`);
        }
        await updateDelivery(transaction, params.id, patchDelivery(present, body));
        return existing(await findOrder(transaction, params.id, owner));
      });
      reply.header('etag', etag(order.version));
      return order;
    },
  );
}

function transitionRoute(app: App, { db }: Services, transition: Transition): void {
  const access = transition === 'cancel' ? peopleAnd('orders:write') : staff('orders:write');

  app.post(
    `/v1/orders/:id/${transition}`,
    { config: { access }, schema: operations.advanceOrder(transition) },
    async (request, reply) => {
      const { params, headers } = request;
      const principal = principalOfRequest(request);
      const owner = ownerFor(principal);
      const order = await db.transaction(async (transaction) => {
        const present = existing(await lockOrder(transaction, params.id, owner));
        checkMatch(headers['if-match'], present.version);
        const changed = await advance(transaction, present, transition, { by: principal.id });
        return changed ? existing(await findOrder(transaction, params.id, owner)) : present;
      });
      reply.header('etag', etag(order.version));
      return order;
    },
  );
}

/** @throws ValidationFailed when the address that the patch leaves is not whole */
function patchDelivery(present: Order, patch: OrderPatch) {
  const { shippingAddress = null, note = null } = mergePatch(present, patch);
  if (shippingAddress !== null) requireValid(Address, shippingAddress, '/shippingAddress');
  return { shippingAddress, note };
}

/** A matter of role, so it comes before the query is looked at. */
async function keepOthersFromCustomers(request: FastifyRequest): Promise<void> {
  const { customerId } = request.query as { customerId?: unknown };
  if (customerId === undefined || ownerFor(principalOfRequest(request)) === undefined) return;
  throw new Forbidden('Customers see their own orders; leave customerId out.');
}

/** Customers see their own orders only. */
function ownerFor({ kind, id }: Principal): Owner {
  return kind === 'customer' ? id : undefined;
}

function existing(order: Order | undefined): Order {
  if (order === undefined) throw new OrderNotFound();
  return order;
}
