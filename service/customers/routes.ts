import { admins, people } from '../auth/access.ts';
import { principalOfRequest } from '../auth/authenticate.ts';
import { CustomerNotFound } from '../errors.ts';
import { etag, notModified, requireMatch } from '../http/preconditions.ts';
import type { App, Services } from '../services.ts';
import * as operations from './operations.ts';
import {
  findCustomer,
  forgetCustomer,
  listCustomers,
  lockCustomer,
  meetCustomer,
  updateCustomer,
} from './queries.ts';

export function customerRoutes(app: App, services: Services): void {
  ownRoutes(app, services);
  adminRoutes(app, services);
}

function ownRoutes(app: App, { db }: Services): void {
  const path = '/v1/customers/me';
  const config = { access: people };

  app.get(path, { config, schema: operations.getMe }, async (request, reply) => {
    const customer = await meetCustomer(db.write, principalOfRequest(request).id);
    if (notModified(request, reply, customer.version)) return reply.code(304).send(undefined);
    return customer;
  });

  app.put(path, { config, schema: operations.putMe }, async (request, reply) => {
    const { id } = principalOfRequest(request);
    const customer = await db.transaction(async (transaction) => {
      const { version } = await lockCustomer(transaction, id);
      requireMatch(request.headers['if-match'], version);
      return updateCustomer(transaction, id, request.body);
    });
    reply.header('etag', etag(customer.version));
    return customer;
  });

  app.delete(path, { config, schema: operations.deleteMe }, async (request, reply) => {
    const { id } = principalOfRequest(request);
    await db.transaction(async (transaction) => {
      const { version } = await lockCustomer(transaction, id);
      requireMatch(request.headers['if-match'], version);
      await forgetCustomer(transaction, id);
    });
    return reply.code(204).send(undefined);
  });
}

function adminRoutes(app: App, { db }: Services): void {
  const config = { access: admins };

  app.get('/v1/customers', { config, schema: operations.listCustomers }, ({ query }) =>
    listCustomers(db.read, query),
  );

  app.get(
    '/v1/customers/:id',
    { config, schema: operations.getCustomer },
    async (request, reply) => {
      const customer = await findCustomer(db.read, request.params.id);
      if (customer === undefined) throw new CustomerNotFound();
      if (notModified(request, reply, customer.version)) return reply.code(304).send(undefined);
      return customer;
    },
  );
}
