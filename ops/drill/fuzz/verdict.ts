/** Holds an answer against the API document and against what every answer promises. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { App } from '../../../service/services.ts';
import { checkAgainstDocument } from '../../../service/testing/contract-check.ts';
import { apiDocument, operations } from './document.ts';
import type { Generated } from './request.ts';
import type { Sent } from './send.ts';
import type { RawAnswer } from './socket.ts';

/** @returns what is wrong with the answer, or undefined */
export function faultOf(generated: Generated, sent: Sent, answer: RawAnswer): string | undefined {
  return (
    faultOfStatus(answer) ??
    wronglyAccepted(generated, sent, answer) ??
    faultOfRequestId(sent, answer) ??
    disagreement(sent, answer)
  );
}

function faultOfStatus({ status, headers }: RawAnswer): string | undefined {
  if (status >= 500 && status !== 503) return 'a server error';
  if (status === 503 && headers['retry-after'] === undefined) return 'without Retry-After';
  if (status === 401 && headers['www-authenticate'] === undefined) return 'without a challenge';
  return undefined;
}

function wronglyAccepted(
  generated: Generated,
  sent: Sent,
  { status }: RawAnswer,
): string | undefined {
  if (status >= 300) return undefined;
  if (generated.wrong !== undefined) return `accepted, in spite of ${generated.wrong}`;
  return isOutside(generated, sent) ? 'accepted, and the document does not permit it' : undefined;
}

const PRINTABLE = /^[\x20-\x7e]{1,128}$/;

function faultOfRequestId(sent: Sent, { status, headers, body }: RawAnswer): string | undefined {
  const id = headers['x-request-id'];
  if (id === undefined) return 'without a request id';
  const given = givenId(sent);
  // Bytes that are no HTTP have no header fields.
  const isHeard = sent.wire === undefined && headers['connection'] !== 'close';
  if (given !== undefined && isHeard && id !== given) {
    return `with the request id ${id}, not that of the caller`;
  }
  if (status < 400 || body === '') return undefined;
  const { requestId } = JSON.parse(body) as { requestId?: string };
  return requestId === id ? undefined : 'a problem with another request id';
}

/** The one that the answer must have too. */
function givenId({ headers }: Sent): string | undefined {
  const given = headers
    .filter(([name]) => name === 'x-request-id')
    .map(([, value]) => value.trim());
  return given.length === 1 && PRINTABLE.test(given[0] ?? '') ? given[0] : undefined;
}

/** Codes of what never became a request of an operation; the document has an example of each. */
const BEFORE_ROUTES = new Set(['MALFORMED_REQUEST', 'HEADERS_TOO_LARGE', 'REQUEST_TIMEOUT']);

/** The check reads nothing of an application but its document. */
const documented = { swagger: () => apiDocument } as unknown as App;

function disagreement({ method, path }: Sent, answer: RawAnswer): string | undefined {
  const { status, headers, body } = answer;
  const code = status >= 400 && body !== '' ? codeOf(body) : '';
  const stated = apiDocument.components.examples[code]?.value.status;
  if (code !== '' && stated !== status) return `${status} with the code ${code}`;
  const url = BEFORE_ROUTES.has(code) && status !== 400 ? '/' : path;
  try {
    const response = { statusCode: status, headers, body, json: () => JSON.parse(body) as unknown };
    const request = { method, url } as InjectOptions;
    checkAgainstDocument(documented, request, response as unknown as LightMyRequestResponse);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function codeOf(body: string): string {
  const { code } = JSON.parse(body) as { code?: string };
  return code ?? 'no code';
}

const ajv = formats.default(new Ajv2020({ strict: false }));
const compiled = new Map<string, ValidateFunction | undefined>();

/** Whether the body is none that the document permits for the operation. */
function isOutside({ operation }: Generated, { method, body, wire }: Sent): boolean {
  if (body === undefined || wire !== undefined || !operation.startsWith(`${method} `)) return false;
  const permits = compiled.get(operation) ?? permission(operation);
  compiled.set(operation, permits);
  // A byte order mark may be ignored (RFC 8259, section 8.1).
  return permits !== undefined && !permits(JSON.parse(body.toString().replace(/^\ufeff/, '')));
}

function permission(name: string): ValidateFunction | undefined {
  const schema = operations.find((operation) => operation.name === name)?.body;
  if (schema === undefined) return undefined;
  return ajv.compile({ ...schema, components: apiDocument.components });
}
