/** Problem details (RFC 9457): how a kind of error is made and answered. */
import { isNativeError } from 'node:util/types';

/** One failing member of the input. `pointer` is a JSON Pointer (RFC 6901). */
export interface FailingMember {
  readonly pointer: string;
  readonly detail: string;
}

interface ProblemExtras {
  readonly errors?: readonly FailingMember[];
  /** Added to the answer, `Retry-After` for example. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An error that a client is told about. */
export abstract class Problem extends Error {
  readonly errors: readonly FailingMember[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(detail: string, { errors = [], headers = {}, cause }: ProblemExtras = {}) {
    super(detail, { cause });
    this.errors = errors;
    this.headers = headers;
  }

  get kind(): ProblemKind {
    // `problem()` makes the only subclasses, and each of them is a kind.
    return this.constructor as ProblemKind;
  }
}

/**
 * Whether a thing that was thrown is an error: also one of another realm (tests run in one), and
 * one that no constructor of the engine made (some libraries').
 */
export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || isNativeError(thrown);
}

export interface ProblemKind {
  new (detail?: string, extras?: ProblemExtras): Problem;
  readonly code: string;
  readonly status: number;
  readonly title: string;
  /** What to do about it; also the detail where nothing more exact is known. */
  readonly help: string;
}

/** Every kind there is, in the order of `errors.ts`. */
export const catalogue: ProblemKind[] = [];

export function problem(code: string, status: number, title: string, help: string): ProblemKind {
  const kind: ProblemKind = class extends Problem {
    static readonly code = code;
    static readonly status = status;
    static readonly title = title;
    static readonly help = help;

    constructor(detail = help, extras?: ProblemExtras) {
      super(detail, extras);
      this.name = code;
    }
  };
  catalogue.push(kind);
  return kind;
}

/** The member `type`: a reference that the service answers with a page of help. */
export function problemType(kind: ProblemKind): string {
  return `/problems/${kebabCase(kind.code)}`;
}

export function kebabCase(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}

interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FailingMember[];
}

/** Named failing members at most; the rest would help nobody. */
const MAX_ERRORS = 20;

/** The body of the answer. `instance` is the path that was asked for, without its query. */
export function problemDetails(
  { kind, message, errors }: Problem,
  { url, id }: { url: string; id: string },
): ProblemDetails {
  return {
    type: problemType(kind),
    title: kind.title,
    status: kind.status,
    detail: message,
    instance: url.split('?', 1)[0] ?? '/',
    code: kind.code,
    requestId: id,
    ...(errors.length > 0 && { errors: errors.slice(0, MAX_ERRORS) }),
  };
}
