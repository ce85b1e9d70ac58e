import { type Static, Type } from 'typebox';
import { PageOf, PageQuery } from '../http/page.ts';
import {
  Address,
  AddressPatch,
  component,
  Id,
  Money,
  Nullable,
  ref,
  Strict,
  Text,
  Time,
} from '../http/schemas.ts';

const STATUSES = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded'] as const;
export type Status = (typeof STATUSES)[number];

const Status = Type.Enum([...STATUSES], { examples: ['placed'] });

const MAX_LINES = 100;
const Quantity = Type.Integer({ minimum: 1, maximum: 1000, examples: [2] });
const Note = Text(0, 1000, { examples: ['Please ring twice.'] });

const OrderLine = component(
  'OrderLine',
  Strict(
    {
      productId: Id,
      sku: Type.String({ examples: ['MUG-BLUE-350'] }),
      name: Type.String({ examples: ['Blue mug'] }),
      unitPrice: ref(Money),
      quantity: Quantity,
      total: ref(Money),
    },
    { description: 'Price, name and SKU are those of the moment when the order was placed' },
  ),
);

export const Order = component(
  'Order',
  Strict({
    id: Id,
    number: Type.Integer({ description: 'For people', examples: [1001] }),
    customerId: Id,
    status: Status,
    lines: Type.Array(ref(OrderLine)),
    total: ref(Money),
    shippingAddress: Nullable(ref(Address)),
    note: Nullable(Type.String({ examples: ['Please ring twice.'] })),
    version: Type.Integer({ description: 'Also the ETag', examples: [1] }),
    placedAt: Time,
    updatedAt: Time,
    history: Type.Array(
      Strict({
        status: Status,
        at: Time,
        by: { ...Id, description: 'Subject of the token, or id of the API key, that did it' },
      }),
    ),
  }),
);
export type Order = Static<typeof Order>;

export const NewOrder = Strict(
  {
    lines: Type.Array(Strict({ productId: Id, quantity: Quantity }), {
      minItems: 1,
      maxItems: MAX_LINES,
      description: 'Each product once',
    }),
    shippingAddress: Type.Optional(ref(Address)),
    note: Type.Optional(Note),
    customerId: Type.Optional({
      ...Id,
      description: 'Required from admins and machines; refused from customers',
    }),
  },
  {
    // As a customer sends it.
    examples: [
      {
        lines: [{ productId: '0193f5d2-7c1e-7a3b-9d54-0c2f6b1e8a90', quantity: 2 }],
        note: 'Please ring twice.',
      },
    ],
  },
);
export type NewOrder = Static<typeof NewOrder>;

/** A merge patch (RFC 7396): null removes. */
export const OrderPatch = Strict(
  {
    shippingAddress: Type.Optional(Nullable(AddressPatch)),
    note: Type.Optional(Nullable(Note)),
  },
  { examples: [{ note: 'Leave it with the neighbours.' }] },
);
export type OrderPatch = Static<typeof OrderPatch>;

export const OrderPage = PageOf('Order', Order);

export const OrderQuery = Strict({
  ...PageQuery,
  status: Type.Optional(Status),
  customerId: Type.Optional({ ...Id, description: 'Admins and machines only' }),
});
export type OrderQuery = Static<typeof OrderQuery>;
