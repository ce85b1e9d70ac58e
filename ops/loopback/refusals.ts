/** What a caller is told who may ask again. */
import type { Visit } from './visitors.ts';

/** 503 as a problem document, with the whole seconds after which another try is worth it. */
export function isRefusal({
  status,
  contentType,
  retryAfter,
}: Pick<Visit, 'status' | 'contentType' | 'retryAfter'>): boolean {
  const isProblem = contentType?.startsWith('application/problem+json') === true;
  return status === 503 && isProblem && /^[1-9]\d?$/.test(retryAfter ?? '');
}

/** The first order with this key may still be on its way: the answer to it is not known yet. */
export function isUnderway({ code }: Pick<Visit, 'code'>): boolean {
  return code === 'IDEMPOTENCY_KEY_IN_USE';
}
