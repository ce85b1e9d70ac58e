import type { FastifyReply } from 'fastify';
import { peopleAnd } from '../auth/access.ts';
import { principalOfRequest } from '../auth/authenticate.ts';
import { callerOf, type Principal } from '../auth/principal.ts';
import { PROBLEM_TYPE } from '../error-handler.ts';
import { OrdersClosed, ValidationFailed } from '../errors.ts';
import { etag } from '../http/preconditions.ts';
import {
  type Answer,
  findAnswer,
  fingerprintOf,
  rememberAnswer,
  type Repeatable,
  replay,
} from '../idempotency/answers.ts';
import { readKey } from '../idempotency/key.ts';
import { type FailingMember, type Problem, problemDetails } from '../problem.ts';
import type { App, Services } from '../services.ts';
import type { SettingsDocument } from '../settings/settings.ts';
import * as operations from './operations.ts';
import { placeOrder } from './place-order.ts';
import type { NewOrder } from './schemas.ts';

export function placeOrderRoute(app: App, { db, settings, currency }: Services): void {
  const config = { access: peopleAnd('orders:write') };

  app.post('/v1/orders', { config, schema: operations.placeOrder }, async (request, reply) => {
    const { body: order, headers } = request;
    const principal = principalOfRequest(request);
    checkOrder(order, principal);
    const repeatable = {
      caller: callerOf(principal),
      route: 'POST /v1/orders',
      key: readKey(headers['idempotency-key']),
      fingerprint: fingerprintOf(order),
    };
    const barrier = barrierTo(order, settings.current());
    if (barrier !== undefined) return send(reply, await knownAnswer(db, repeatable, barrier));
    const customerId = order.customerId?.toLowerCase() ?? principal.id;
    const placedBy = { by: principal.id, customerId, currency };
    const placement = await placeOrder(db, repeatable, order, placedBy);
    if ('answer' in placement) return send(reply, placement.answer);
    const { refusal } = placement;
    const body = problemDetails(refusal, request);
    const { status } = refusal.kind;
    return send(reply, await rememberAnswer(db, repeatable, { status, body, customerId }));
  });
}

/** What the settings of this moment have against any new order. */
function barrierTo({ lines }: NewOrder, settings: SettingsDocument): Problem | undefined {
  const { ordersOpen, maxOrderLines } = settings;
  if (!ordersOpen) return new OrdersClosed(undefined, { headers: { 'retry-after': '60' } });
  if (lines.length <= maxOrderLines) return undefined;
  const detail = `must NOT have more than ${maxOrderLines} items`;
  return new ValidationFailed('The body is not valid.', {
    errors: [{ pointer: '/lines', detail }],
  });
}

/** Who repeats an order of before is told of it. @throws the barrier to everybody else */
async function knownAnswer(
  db: Services['db'],
  request: Repeatable,
  barrier: Problem,
): Promise<Answer> {
  const known = await findAnswer(db.read, request);
  if (known === undefined) throw barrier;
  return replay(known, request);
}

/** What the schema cannot say. @throws ValidationFailed with every failing member */
function checkOrder(order: NewOrder, principal: Principal): void {
  const errors = [...customerProblems(order, principal), ...repeatedProducts(order)];
  if (errors.length > 0) throw new ValidationFailed('The body is not valid.', { errors });
}

function customerProblems({ customerId }: NewOrder, { kind }: Principal): FailingMember[] {
  const pointer = '/customerId';
  if (kind === 'customer') {
    return customerId === undefined ? [] : [{ pointer, detail: 'is not for customers' }];
  }
  return customerId === undefined ? [{ pointer, detail: 'is required' }] : [];
}

function repeatedProducts({ lines }: NewOrder): FailingMember[] {
  const seen = new Set<string>();
  return lines.flatMap(({ productId }, index) => {
    const id = productId.toLowerCase();
    if (seen.has(id)) return [{ pointer: `/lines/${index}/productId`, detail: 'is there twice' }];
    seen.add(id);
    return [];
  });
}

/** Stringified from what is kept: a replay has the same bytes whichever build gives it. */
function send(reply: FastifyReply, { status, body, replayed }: Answer) {
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (status === 201) {
    const { id } = body as { id: string };
    reply.header('location', `/v1/orders/${id}`).header('etag', etag(1));
    reply.type('application/json; charset=utf-8');
  } else {
    reply.type(PROBLEM_TYPE);
  }
  return reply.code(status).serializer(JSON.stringify).send(body);
}
