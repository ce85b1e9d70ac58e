/** What the program that puts load on servers is asked for, and what it answers. */

export interface Job {
  /** Of one server, or of several processes that share the connections. */
  readonly urls: readonly string[];
  readonly connections: number;
  /** Milliseconds of load that no figure knows of. */
  readonly warmUp: number;
  /** Milliseconds of load that are measured. */
  readonly measured: number;
  /** Each connection walks through them from a place of its own. */
  readonly requests: readonly Request[];
}

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** `FRESH` in a value becomes another text with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Latency {
  /** Milliseconds, as the one below. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

export interface Figures {
  /** Answers of 2xx while it was measured. */
  readonly good: number;
  readonly seconds: number;
  /** Of good answers. */
  readonly latency: Latency;
  /** How often each, warm-up included: a status, or the sentence of a broken connection. */
  readonly failures: Readonly<Record<string, number>>;
}

export type Phase =
  | { readonly phase: 'measuring' | 'quiet' }
  | { readonly phase: 'measured'; readonly figures: Figures };

/** What autocannon replaces in each request. */
export const FRESH = '[<id>]';
