/** The words that every schema of the contract is made of. */
import { type Static, type TSchema, Type } from 'typebox';

/** Schemas with a name in the API document, by that name. */
export const components = new Map<string, TSchema>();

/** Gives a schema its name in the API document; use it through `ref`. */
export function component<Schema extends TSchema>(name: string, schema: Schema): Schema {
  const named = { ...schema, $id: name };
  components.set(name, named);
  return named;
}

/** A reference to a component, with the component's type. */
export function ref<Schema extends TSchema>(schema: Schema) {
  const { $id } = schema as { $id?: string };
  if ($id === undefined) throw new Error('only a component can be referenced');
  return Type.Unsafe<Static<Schema>>({ $ref: `${$id}#` });
}

/** An object whose unknown members are refused. */
export function Strict<Properties extends Record<string, TSchema>>(
  properties: Properties,
  options: object = {},
) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** Two types of one schema where it is a plain one: of branches, what writes answers tries each. */
export function Nullable<Schema extends TSchema>(schema: Schema) {
  const { type } = schema as { type?: string };
  if (type === undefined || type === 'object') return Type.Union([schema, Type.Null()]);
  return Type.Unsafe<Static<Schema> | null>({ ...schema, type: [type, 'null'] });
}

/** Text that PostgreSQL can keep: without NUL and without half a surrogate pair. */
const TEXT = String.raw`^[^\u0000\ud800-\udfff]*$`;

/** Lengths count characters (code points). */
export function Text(minLength: number, maxLength: number, options: object = {}) {
  return Type.String({ minLength, maxLength, pattern: TEXT, ...options });
}

/** Any RFC 4122 UUID, in either case. */
export const UUID = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

export const Id = Type.String({
  pattern: UUID,
  description: 'UUID; those that the service makes are UUIDv7',
  examples: ['0193f5d2-7c1e-7a3b-9d54-0c2f6b1e8a90'],
});

export const Time = Type.String({
  format: 'date-time',
  description: 'RFC 3339, UTC, milliseconds',
  examples: ['2026-11-21T07:30:00.000Z'],
});

/** Minor units of a currency: cents of EUR, yen of JPY. */
export const MAX_AMOUNT = 1_000_000_000_000;

const money = {
  amount: Type.Integer({
    minimum: 0,
    maximum: MAX_AMOUNT,
    description: 'Minor units of the currency',
    examples: [1999],
  }),
  currency: Type.String({
    pattern: '^[A-Z]{3}$',
    description: 'ISO 4217 code; a store has one currency',
    examples: ['EUR'],
  }),
};

export const Money = component(
  'Money',
  Strict(money, { description: 'An amount in minor units: 1999 EUR cents are 19.99 €' }),
);
/** What a merge patch may say of it. */
export const MoneyPatch = Strict({
  amount: Type.Optional(money.amount),
  currency: Type.Optional(money.currency),
});
export type Money = Static<typeof Money>;

const address = {
  name: Text(1, 255, { examples: ['Ada Lovelace'] }),
  line1: Text(1, 255, { examples: ['12 St James’s Square'] }),
  line2: Text(1, 255, { examples: ['2nd floor'] }),
  postalCode: Text(1, 32, { examples: ['SW1Y 4JH'] }),
  city: Text(1, 255, { examples: ['London'] }),
  country: Type.String({
    pattern: '^[A-Z]{2}$',
    description: 'ISO 3166-1 alpha-2',
    examples: ['GB'],
  }),
};

export const Address = component(
  'Address',
  Strict({ ...address, line2: Type.Optional(address.line2) }),
);
/** What a merge patch may say of it; the address that it leaves must be whole. */
export const AddressPatch = Strict({
  name: Type.Optional(address.name),
  line1: Type.Optional(address.line1),
  line2: Type.Optional(Nullable(address.line2)),
  postalCode: Type.Optional(address.postalCode),
  city: Type.Optional(address.city),
  country: Type.Optional(address.country),
});
export type Address = Static<typeof Address>;

export const Failure = component(
  'Problem',
  Type.Object(
    {
      type: Type.String({ format: 'uri-reference', examples: ['/problems/product-not-found'] }),
      title: Type.String({ examples: ['No such product'] }),
      status: Type.Integer({ examples: [404] }),
      detail: Type.String({ examples: ['It never existed or is archived.'] }),
      instance: Type.String({ examples: ['/v1/products/0193f5d2-7c1e-7a3b-9d54-0c2f6b1e8a90'] }),
      code: Type.String({ description: 'Stable', examples: ['PRODUCT_NOT_FOUND'] }),
      requestId: Type.String({ examples: ['0193f5d2-7c1e-7a3b-9d54-0c2f6b1e8a91'] }),
      errors: Type.Optional(
        Type.Array(
          Type.Object({
            pointer: Type.String({ description: 'JSON Pointer', examples: ['/lines/0/quantity'] }),
            detail: Type.String({ examples: ['must be >= 1'] }),
          }),
          { maxItems: 20 },
        ),
      ),
    },
    { description: 'Problem details (RFC 9457)' },
  ),
);

/** The path parameter of single resources. */
export const ById = Strict({ id: Id });
