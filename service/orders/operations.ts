/** What the API document says of each route, and what its requests and answers are held against. */
import {
  CurrencyMismatch,
  IdempotencyKeyInUse,
  IdempotencyKeyRequired,
  IdempotencyKeyReused,
  InvalidCursor,
  OrderNotFound,
  OrdersClosed,
  OrderState,
  OrderTooLarge,
  OutOfStock,
  PreconditionFailed,
  PreconditionRequired,
  ProductUnavailable,
} from '../errors.ts';
import { answer, BODY, empty } from '../http/answers.ts';
import { IfMatch, IfNoneMatch, OptionalIfMatch } from '../http/preconditions.ts';
import { ById } from '../http/schemas.ts';
import { IdempotencyKey } from '../idempotency/key.ts';
import { NewOrder, Order, OrderPage, OrderPatch, OrderQuery } from './schemas.ts';
import type { Transition } from './transitions.ts';

const tags = ['orders'];

export const placeOrder = {
  operationId: 'placeOrder',
  summary: 'Place an order: all of its lines or nothing',
  tags,
  headers: IdempotencyKey,
  body: NewOrder,
  response: {
    201: answer(Order, 'The order'),
  },
  problems: [
    ...BODY,
    IdempotencyKeyRequired,
    IdempotencyKeyInUse,
    IdempotencyKeyReused,
    ProductUnavailable,
    CurrencyMismatch,
    OrderTooLarge,
    OutOfStock,
    OrdersClosed,
  ],
};

export const listOrders = {
  operationId: 'listOrders',
  summary: 'Orders, newest first: own ones, or all for admins and machines',
  tags,
  querystring: OrderQuery,
  response: { 200: answer(OrderPage, 'A page') },
  problems: [InvalidCursor],
};

export const getOrder = {
  operationId: 'getOrder',
  summary: 'One order',
  tags,
  params: ById,
  headers: IfNoneMatch,
  response: {
    200: answer(Order, 'The order'),
    304: empty('It is still the version of If-None-Match'),
  },
  problems: [OrderNotFound],
};

export const updateOrder = {
  operationId: 'updateOrder',
  summary: 'Change address or note while placed or paid (JSON merge patch)',
  tags,
  consumes: ['application/merge-patch+json', 'application/json'],
  params: ById,
  headers: IfMatch,
  body: OrderPatch,
  response: {
    200: answer(Order, 'The order'),
  },
  problems: [...BODY, OrderNotFound, PreconditionRequired, PreconditionFailed, OrderState],
};

const SUMMARIES: Readonly<Record<Transition, string>> = {
  pay: 'The money came: placed → paid',
  ship: 'It is on its way: paid → shipped',
  deliver: 'It arrived: shipped → delivered',
  cancel: 'Call it off: placed or paid → cancelled; the stock goes back',
  refund: 'The money goes back: paid, shipped, delivered, or cancelled after paid → refunded',
};

export function advanceOrder(transition: Transition) {
  return {
    operationId: `${transition}Order`,
    summary: SUMMARIES[transition],
    description: 'Repeating the step that made the present state changes nothing.',
    tags,
    params: ById,
    headers: OptionalIfMatch,
    response: {
      200: answer(Order, 'The order'),
    },
    problems: [...BODY, OrderNotFound, PreconditionFailed, OrderState],
  };
}
