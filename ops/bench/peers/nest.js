/**
 * NestJS on its Fastify adapter, as its documentation shows it: modules, providers, guards, pipes.
 * Decorators are applied by tslib's functions, which is what the TypeScript compiler makes of them.
 */
import 'reflect-metadata';
import {
  BadRequestException,
  Body,
  Catch,
  Controller,
  createParamDecorator,
  Get,
  Inject,
  Injectable,
  Module,
  NotFoundException,
  Param,
  Post,
  Query,
  Res,
  StandardSchemaValidationPipe,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Pool } from 'pg';
import { __decorate, __param } from 'tslib';
import { placeOrder } from './place-order.js';
import { findProduct, listOrders, listProducts } from './queries.js';
import { Refused } from './refused.js';
import { ById, Key, NewOrder, OrderQuery, ProductQuery } from './schemas.js';
import { customerOf } from './tokens.js';
import { transaction } from './transaction.js';

const POOL = 'POOL';

class ProductsService {
  constructor(pool) {
    this.pool = pool;
  }

  find(id) {
    return findProduct(this.pool, id);
  }

  list(query) {
    return listProducts(this.pool, query);
  }
}
injectable(ProductsService, POOL);

class OrdersService {
  constructor(pool) {
    this.pool = pool;
  }

  place(customerId, key, order) {
    return transaction(this.pool, (client) => placeOrder(client, customerId, key, order));
  }

  list(customerId, query) {
    return listOrders(this.pool, customerId, query);
  }
}
injectable(OrdersService, POOL);

class AuthGuard {
  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    request.customerId = await customerOf(request.headers.authorization);
    return true;
  }
}
injectable(AuthGuard);

const Customer = createParamDecorator(
  (_options, context) => context.switchToHttp().getRequest().customerId,
);

/** Pipes do not see header fields. */
const IdempotencyKey = createParamDecorator((_options, context) => {
  const { headers } = context.switchToHttp().getRequest();
  const { success, data } = Key.safeParse(headers['idempotency-key']);
  if (!success) throw new BadRequestException();
  return data;
});

class RefusedFilter {
  catch(refused, host) {
    host.switchToHttp().getResponse().status(refused.status).send({ code: refused.message });
  }
}
__decorate([Catch(Refused)], RefusedFilter);

class ProductsController {
  constructor(products) {
    this.products = products;
  }

  list(query) {
    return this.products.list(query);
  }

  async find({ id }) {
    const product = await this.products.find(id);
    if (product === undefined) throw new NotFoundException();
    return product;
  }
}
method(ProductsController, 'list', [Get(), __param(0, Query({ schema: ProductQuery }))]);
method(ProductsController, 'find', [Get(':id'), __param(0, Param({ schema: ById }))]);
__decorate([Controller('v1/products'), __param(0, Inject(ProductsService))], ProductsController);

class OrdersController {
  constructor(orders) {
    this.orders = orders;
  }

  // Nest gives each part of the request as a parameter of its own.
  // oxlint-disable-next-line eslint/max-params
  async place(customerId, key, order, reply) {
    const placed = await this.orders.place(customerId, key, order);
    reply.header('location', `/v1/orders/${placed.id}`);
    return placed;
  }

  list(customerId, query) {
    return this.orders.list(customerId, query);
  }
}
method(OrdersController, 'place', [
  Post(),
  __param(0, Customer()),
  __param(1, IdempotencyKey()),
  __param(2, Body({ schema: NewOrder })),
  __param(3, Res({ passthrough: true })),
]);
method(OrdersController, 'list', [
  Get(),
  __param(0, Customer()),
  __param(1, Query({ schema: OrderQuery })),
]);
__decorate(
  [Controller('v1/orders'), UseGuards(AuthGuard), __param(0, Inject(OrdersService))],
  OrdersController,
);

class HealthController {
  check() {
    return { status: 'ok' };
  }
}
method(HealthController, 'check', [Get()]);
__decorate([Controller('health')], HealthController);

// A module of Nest is its decorator.
// oxlint-disable-next-line typescript/no-extraneous-class
class AppModule {}
__decorate(
  [
    Module({
      controllers: [ProductsController, OrdersController, HealthController],
      providers: [
        ProductsService,
        OrdersService,
        {
          provide: POOL,
          useFactory: () => new Pool({ connectionString: process.env.DATABASE_URL }),
        },
      ],
    }),
  ],
  AppModule,
);

const app = await NestFactory.create(AppModule, new FastifyAdapter());
app.useGlobalPipes(new StandardSchemaValidationPipe());
app.useGlobalFilters(new RefusedFilter());
await app.listen(process.env.PORT, '127.0.0.1');

function injectable(type, ...dependencies) {
  const injections = dependencies.map((token, index) => __param(index, Inject(token)));
  __decorate([Injectable(), ...injections], type);
}

function method({ prototype }, name, decorators) {
  __decorate(decorators, prototype, name, null);
}
