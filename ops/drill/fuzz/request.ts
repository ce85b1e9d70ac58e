/** A generated request, before it is known which things it is about. */

export const CALLERS = ['anyone', 'customer', 'other customer', 'admin', 'machine'] as const;
export type Caller = (typeof CALLERS)[number];

export type Sort = 'valid' | 'near' | 'hostile';

/** Texts may hold marks such as `‹product 3›`, which stand for what exists when it is sent. */
export interface Generated {
  readonly sort: Sort;
  /** Of the operation that it is, or was made from. */
  readonly operation: string;
  /** What is wrong with it: then it may not succeed. */
  readonly wrong?: string;
  readonly caller: Caller;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** @default 'utf8' */
  readonly encoding?: 'utf8' | 'latin1';
  /** How it is written on the wire; most are written by Node. */
  readonly wire?: Wire;
}

/** The request with something else about it. */
export function altered(request: Generated, change: Partial<Generated>): Generated {
  return { ...request, ...change };
}

/** What is false about the bytes, and cannot be said with a client that knows HTTP. */
export interface Wire {
  /** Bytes more or fewer than the body has. */
  readonly lengthLie?: number;
  readonly requestLine?: string;
  /** Written as they are, each ended with CR LF. */
  readonly lines?: readonly string[];
}
