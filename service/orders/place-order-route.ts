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
import { type FailingMember, problemDetails } from '../problem.ts';
import type { App, Services } from '../services.ts';
import * as operations from './operations.ts';
import { placeOrder } from './place-order.ts';
import type { NewOrder } from './schemas.ts';

export function placeOrderRoute(app: App, { db, settings, currency }: Services): void {
  const config = { access: peopleAnd('orders:write') };

  app.post('/v1/orders', { config, schema: operations.placeOrder }, async (request, reply) => {
    const { body: order, headers } = request;
    const principal = principalOfRequest(request);
    const { ordersOpen, maxOrderLines } = settings.current();
    checkOrder(order, principal, maxOrderLines);
    const repeatable = {
      caller: callerOf(principal),
      route: 'POST /v1/orders',
      key: readKey(headers['idempotency-key']),
      fingerprint: fingerprintOf(order),
    };
    if (!ordersOpen) return send(reply, await answerWhileClosed(db, repeatable));
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

/** Who repeats an order of before is told of it. @throws OrdersClosed for everybody else */
async function answerWhileClosed(db: Services['db'], request: Repeatable): Promise<Answer> {
  const known = await findAnswer(db.read, request);
  if (known !== undefined) return replay(known, request);
  throw new OrdersClosed(undefined, { headers: { 'retry-after': '60' } });
}

/** What the schema cannot say. @throws ValidationFailed with every failing member */
function checkOrder(order: NewOrder, principal: Principal, maxLines: number): void {
  const errors: FailingMember[] = [
    ...customerProblems(order, principal),
    ...repeatedProducts(order),
  ];
  if (order.lines.length > maxLines) {
    errors.push({ pointer: '/lines', detail: `must NOT have more than ${maxLines} items` });
  }
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
