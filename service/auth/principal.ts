/** Who asks. */

export const SCOPES = ['products:write', 'orders:read', 'orders:write'] as const;
export type Scope = (typeof SCOPES)[number];

/** A person with an access token; `id` is the token's subject. */
export interface Person {
  readonly kind: 'customer' | 'admin';
  readonly id: string;
}

/** A program with an API key; `id` is the key's. */
export interface Machine {
  readonly kind: 'machine';
  readonly id: string;
  readonly scopes: readonly Scope[];
}

export type Principal = Person | Machine;

/** Names a principal across kinds, for limits and for idempotency. */
export function callerOf({ kind, id }: Principal): string {
  return kind === 'machine' ? `key:${id}` : `person:${id}`;
}
