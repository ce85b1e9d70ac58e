/** What the API document says of each route, and what its requests and answers are held against. */
import {
  CustomerNotFound,
  InvalidCursor,
  PreconditionFailed,
  PreconditionRequired,
} from '../errors.ts';
import { answer, BODY, empty } from '../http/answers.ts';
import { PageQuery } from '../http/page.ts';
import { IfMatch, IfNoneMatch } from '../http/preconditions.ts';
import { ById, Strict } from '../http/schemas.ts';
import { Customer, CustomerPage, Profile } from './schemas.ts';

const tags = ['customers'];

export const getMe = {
  operationId: 'getMe',
  summary: 'The own profile, made on first sight',
  tags,
  headers: IfNoneMatch,
  response: {
    200: answer(Customer, 'The profile'),
    304: empty('It is still the version of If-None-Match'),
  },
};

export const putMe = {
  operationId: 'putMe',
  summary: 'Replace the own profile',
  tags,
  headers: IfMatch,
  body: Profile,
  response: {
    200: answer(Customer, 'The profile'),
  },
  problems: [...BODY, PreconditionRequired, PreconditionFailed],
};

export const deleteMe = {
  operationId: 'deleteMe',
  summary: 'Empty the own profile; orders stay, without name, address and note',
  tags,
  headers: IfMatch,
  response: {
    204: empty('Emptied'),
  },
  problems: [...BODY, PreconditionRequired, PreconditionFailed],
};

export const listCustomers = {
  operationId: 'listCustomers',
  summary: 'Customers, newest first',
  tags,
  querystring: Strict(PageQuery),
  response: { 200: answer(CustomerPage, 'A page') },
  problems: [InvalidCursor],
};

export const getCustomer = {
  operationId: 'getCustomer',
  summary: 'One customer',
  tags,
  params: ById,
  headers: IfNoneMatch,
  response: {
    200: answer(Customer, 'The customer'),
    304: empty('It is still the version of If-None-Match'),
  },
  problems: [CustomerNotFound],
};
