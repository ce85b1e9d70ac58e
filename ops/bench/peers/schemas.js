/** What requests may say, for the peers that check it with zod. */
import { z } from 'zod';

export const ById = z.strictObject({ id: z.guid() });

const limit = z.coerce.number().int().min(1).max(100).default(20);

export const ProductQuery = z.strictObject({ limit, q: z.string().max(200).optional() });

export const OrderQuery = z.strictObject({ limit });

/** Of `Idempotency-Key`. */
export const Key = z.string().regex(/^[\x21-\x7e]{1,255}$/);

const text = z.string().min(1).max(255);

const Address = z.strictObject({
  name: text,
  line1: text,
  line2: text.optional(),
  postalCode: z.string().min(1).max(32),
  city: text,
  country: z.string().regex(/^[A-Z]{2}$/),
});

export const NewOrder = z.strictObject({
  lines: z
    .array(z.strictObject({ productId: z.guid(), quantity: z.number().int().min(1).max(1000) }))
    .min(1)
    .max(100),
  shippingAddress: Address.optional(),
  note: z.string().max(1000).optional(),
});
