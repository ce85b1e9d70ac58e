/** What the API document says of each route, and what its requests and answers are held against. */
import {
  CurrencyMismatch,
  InvalidCursor,
  OutOfStock,
  PreconditionFailed,
  PreconditionRequired,
  ProductNotFound,
  SkuTaken,
  StockLimit,
} from '../errors.ts';
import { answer, BODY, empty } from '../http/answers.ts';
import { PageQuery } from '../http/page.ts';
import { IfMatch, IfNoneMatch } from '../http/preconditions.ts';
import { ById, Strict } from '../http/schemas.ts';
import {
  NewProduct,
  NewStockChange,
  Product,
  ProductPage,
  ProductPatch,
  ProductQuery,
  StockChange,
  StockChangePage,
} from './schemas.ts';

const tags = ['products'];

export const listProducts = {
  operationId: 'listProducts',
  summary: 'Products, searched, filtered and sorted',
  tags,
  querystring: ProductQuery,
  response: { 200: answer(ProductPage, 'A page') },
  problems: [InvalidCursor],
};

export const getProduct = {
  operationId: 'getProduct',
  summary: 'One product',
  tags,
  params: ById,
  headers: IfNoneMatch,
  response: {
    200: answer(Product, 'The product'),
    304: empty('It is still the version of If-None-Match'),
  },
  problems: [ProductNotFound],
};

export const createProduct = {
  operationId: 'createProduct',
  summary: 'Add a product; its stock begins at 0',
  tags,
  body: NewProduct,
  response: {
    201: answer(Product, 'The product'),
  },
  problems: [...BODY, SkuTaken, CurrencyMismatch],
};

export const updateProduct = {
  operationId: 'updateProduct',
  summary: 'Change members of a product (JSON merge patch)',
  tags,
  consumes: ['application/merge-patch+json', 'application/json'],
  params: ById,
  headers: IfMatch,
  body: ProductPatch,
  response: {
    200: answer(Product, 'The product'),
  },
  problems: [
    ...BODY,
    ProductNotFound,
    PreconditionRequired,
    PreconditionFailed,
    SkuTaken,
    CurrencyMismatch,
  ],
};

export const archiveProduct = {
  operationId: 'archiveProduct',
  summary: 'Archive a product; orders keep it',
  tags,
  params: ById,
  headers: IfMatch,
  response: {
    204: empty('Archived'),
  },
  problems: [...BODY, ProductNotFound, PreconditionRequired, PreconditionFailed],
};

export const changeStock = {
  operationId: 'changeStock',
  summary: 'Pieces that came or went',
  tags,
  params: ById,
  body: NewStockChange,
  response: {
    201: answer(StockChange, 'The entry of the ledger'),
  },
  problems: [...BODY, ProductNotFound, OutOfStock, StockLimit],
};

export const listStockChanges = {
  operationId: 'listStockChanges',
  summary: 'The ledger of a product, newest first; its sum is the stock',
  tags,
  params: ById,
  querystring: Strict(PageQuery),
  response: { 200: answer(StockChangePage, 'A page') },
  problems: [ProductNotFound, InvalidCursor],
};
