import { type Static, Type } from 'typebox';
import { PageOf, PageQuery } from '../http/page.ts';
import {
  component,
  Id,
  Money,
  MoneyPatch,
  Nullable,
  ref,
  Strict,
  Text,
  Time,
} from '../http/schemas.ts';

/** Pieces of a product at most, and of one change. */
export const MAX_STOCK = 1_000_000_000;

const Sku = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[A-Za-z0-9._-]+$',
  description: 'Unique in the store',
  examples: ['MUG-BLUE-350'],
});
const Name = Text(1, 255, { examples: ['Blue mug'] });
const Description = Text(0, 5000, { examples: ['Stoneware, 350 ml.'] });
const Category = Text(1, 64, { examples: ['kitchen'] });
const ImageUrl = Type.String({
  maxLength: 2048,
  format: 'uri',
  pattern: String.raw`^https://[^\s\u0000]+$`,
  examples: ['https://images.example.com/mug-blue.jpg'],
});

export const Product = component(
  'Product',
  Strict({
    id: Id,
    sku: Sku,
    name: Name,
    description: Description,
    price: ref(Money),
    stock: Type.Integer({ minimum: 0, examples: [42] }),
    category: Nullable(Category),
    imageUrl: Nullable(ImageUrl),
    version: Type.Integer({ description: 'Also the ETag', examples: [3] }),
    createdAt: Time,
    updatedAt: Time,
    archivedAt: Nullable(Time),
  }),
);
export type Product = Static<typeof Product>;

export const NewProduct = Strict({
  sku: Sku,
  name: Name,
  description: { ...Description, default: '' },
  price: ref(Money),
  category: Type.Optional(Nullable(Category)),
  imageUrl: Type.Optional(Nullable(ImageUrl)),
});
export type NewProduct = Static<typeof NewProduct>;

/** A merge patch (RFC 7396): null removes, so it stands only where something can be absent. */
export const ProductPatch = Strict(
  {
    sku: Type.Optional(Sku),
    name: Type.Optional(Name),
    description: Type.Optional(Nullable(Description)),
    price: Type.Optional(MoneyPatch),
    category: Type.Optional(Nullable(Category)),
    imageUrl: Type.Optional(Nullable(ImageUrl)),
  },
  { examples: [{ price: { amount: 1799, currency: 'EUR' }, imageUrl: null }] },
);
export type ProductPatch = Static<typeof ProductPatch>;

export const ProductPage = PageOf('Product', Product);

const SORTS = ['newest', 'name', 'price', '-price'] as const;

export const ProductQuery = Strict({
  ...PageQuery,
  q: Type.Optional(
    Text(0, 200, { description: 'Words in name, SKU or description', examples: ['mug'] }),
  ),
  category: Type.Optional(Text(0, 64, { examples: ['kitchen'] })),
  sort: Type.Enum([...SORTS], { default: 'newest' }),
  archived: Type.Optional(
    Type.Boolean({ default: false, description: 'The archived ones instead; admins only' }),
  ),
});
export type ProductQuery = Static<typeof ProductQuery>;

export const NewStockChange = Strict({
  quantity: Type.Integer({
    minimum: -MAX_STOCK,
    maximum: MAX_STOCK,
    not: { const: 0 },
    description: 'Pieces that came (positive) or went (negative)',
    examples: [24],
  }),
  reason: Text(1, 255, { examples: ['delivery 4711'] }),
});
export type NewStockChange = Static<typeof NewStockChange>;

export const StockChange = component(
  'StockChange',
  Strict({
    id: Id,
    productId: Id,
    quantity: Type.Integer({ examples: [24] }),
    reason: Type.String({ examples: ['delivery 4711', 'order 1001 placed'] }),
    stock: Type.Integer({ description: 'After this change', examples: [42] }),
    createdAt: Time,
  }),
);
export type StockChange = Static<typeof StockChange>;

export const StockChangePage = PageOf('StockChange', StockChange);
