/** Who may do what: the document does not say it, the contract's table does. */
import type { Caller } from './request.ts';

const ANYONE: readonly Caller[] = ['anyone', 'customer', 'other customer', 'admin', 'machine'];
const PEOPLE: readonly Caller[] = ['customer', 'other customer', 'admin'];
const BUYERS: readonly Caller[] = ['customer', 'other customer', 'admin', 'machine'];
const STAFF: readonly Caller[] = ['admin', 'machine'];

const RULES: readonly (readonly [RegExp, readonly Caller[]])[] = [
  [/^GET \/v1\/products(\/\{id\})?$/, ANYONE],
  [/ \/v1\/products/, STAFF],
  [/ \/v1\/orders\/\{id\}\/(pay|ship|deliver|refund)$/, STAFF],
  [/ \/v1\/orders/, BUYERS],
  [/ \/v1\/customers\/me$/, PEOPLE],
  [/ \/v1\//, ['admin']],
  [/./, ANYONE],
];

/** @param operation `GET /v1/products/{id}` */
export function permittedCallers(operation: string): readonly Caller[] {
  return RULES.find(([pattern]) => pattern.test(operation))?.[1] ?? [];
}
