/** What the API document says of each route, and what its requests and answers are held against. */
import { ApiKeyNotFound, InvalidCursor } from '../errors.ts';
import { answer, BODY, empty } from '../http/answers.ts';
import { PageQuery } from '../http/page.ts';
import { ById, Strict } from '../http/schemas.ts';
import { ApiKeyPage, CreatedApiKey, NewApiKey } from './schemas.ts';

const tags = ['api-keys'];

export const createApiKey = {
  operationId: 'createApiKey',
  summary: 'Make a key for a machine; it is shown once',
  tags,
  body: NewApiKey,
  response: { 201: answer(CreatedApiKey, 'The key') },
  problems: [...BODY],
};

export const listApiKeys = {
  operationId: 'listApiKeys',
  summary: 'The keys, newest first',
  tags,
  querystring: Strict(PageQuery),
  response: { 200: answer(ApiKeyPage, 'A page') },
  problems: [InvalidCursor],
};

export const deleteApiKey = {
  operationId: 'deleteApiKey',
  summary: 'Delete a key; it is refused everywhere within 30 s',
  tags,
  params: ById,
  response: { 204: empty('Deleted') },
  problems: [...BODY, ApiKeyNotFound],
};
