/** What an error of PostgreSQL or of the way to it means for the one who asked. */
import { isError } from '../problem.ts';

export type DatabaseErrorKind =
  /** No connection was made, nothing was sent: safe to try again. */
  | 'unreachable'
  /** All connections of the pool stayed lent: nothing was sent, and the server may be well. */
  | 'full'
  /** The connection broke: a read may be asked again, a write has an unknown outcome. */
  | 'lost'
  /** Another transaction was in the way: safe to run the whole transaction again. */
  | 'conflict'
  /** The statement took longer than it may. */
  | 'timeout'
  /** The server has no room left: the statement did nothing, the connection is good. */
  | 'exhausted'
  /** User or password were refused: read the secret again. */
  | 'login-refused'
  /** Anything else: a rule of the schema, or a fault of ours. */
  | 'other';

/** SQLSTATE and errno codes by meaning: PostgreSQL's appendix A, Node's `errors` page. */
const KINDS: Readonly<Record<string, DatabaseErrorKind>> = {
  ECONNREFUSED: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ENOENT: 'unreachable',
  SECRET_UNREADABLE: 'unreachable', // ours: nobody can log in
  '57P03': 'unreachable', // starting up
  '53300': 'unreachable', // too many connections
  '57P01': 'lost', // shut down by an administrator
  '57P02': 'lost', // crashed
  '57P05': 'lost', // idle for too long
  '25P03': 'lost', // the same within a transaction
  '08003': 'lost',
  '08006': 'lost',
  '25006': 'lost', // read-only: the old primary after a failover
  ECONNRESET: 'lost',
  ECONNABORTED: 'lost',
  EPIPE: 'lost',
  ETIMEDOUT: 'lost',
  '40001': 'conflict', // serialization failure
  '40P01': 'conflict', // deadlock
  '57014': 'timeout', // statement timeout
  '55P03': 'timeout', // lock timeout: trying again would only hold the connection longer
  '53100': 'exhausted', // its disk is full
  '53200': 'exhausted', // its memory
  '28P01': 'login-refused', // wrong password
  '28000': 'login-refused', // barred since it was authenticated, as by a restore
};

/** Errors of the driver that carry no code. */
const MESSAGES: readonly (readonly [RegExp, DatabaseErrorKind])[] = [
  [/timeout exceeded when trying to connect/, 'full'],
  [
    /terminated due to connection timeout|There was an error establishing an SSL connection/,
    'unreachable',
  ],
  [
    /Connection terminated|Query read timeout|Client has encountered a connection error|timeout expired/,
    'lost',
  ],
];

export function classify(error: unknown): DatabaseErrorKind {
  if (!isError(error)) return 'other';
  const known = KINDS[codeOf(error) ?? ''];
  if (known !== undefined) return known;
  return MESSAGES.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'other';
}

/** Whether another try, a little later, may get the connection that this one did not get. */
export function mayPass(kind: DatabaseErrorKind): boolean {
  return kind === 'unreachable' || kind === 'full' || kind === 'lost';
}

/** Which rule of the schema refused a row: the SQLSTATE class 23 and the constraint's name. */
export function violates(error: unknown, constraint: string): boolean {
  return (
    isError(error) &&
    'constraint' in error &&
    error.constraint === constraint &&
    (codeOf(error) ?? '').startsWith('23')
  );
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
