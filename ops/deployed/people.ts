/** Who the tests act as, and where their tokens come from. */
import { randomUUID } from 'node:crypto';
import { CognitoPeople, type Pool } from './cognito-people.ts';

/** What a request shows in `Authorization`. */
export interface Credential {
  readonly authorization: string;
}

export interface Person extends Credential {
  /** The token's subject: the customer's id. */
  readonly id: string;
}

export interface People {
  /** Somebody whom the store has never seen. */
  newCustomer(): Promise<Person>;
  newAdmin(): Promise<Person>;
  /** A customer whose token has expired; absent where nobody can be made to wait for that. */
  newExpiredCustomer?(): Promise<Person>;
  /** Takes everybody it made away from where they come from. */
  remove(): Promise<void>;
}

/** Where the people come from. */
export type PeopleSource =
  /** From a store in development, which signs tokens for the asking. */
  { readonly kind: 'local' } | ({ readonly kind: 'cognito' } & Pool);

export const PEOPLE_KINDS = ['local', 'cognito'] as const satisfies PeopleSource['kind'][];

export function isPeopleKind(text: string): text is PeopleSource['kind'] {
  return PEOPLE_KINDS.some((kind) => kind === text);
}

export function peopleOf(source: PeopleSource, storeUrl: string): People {
  return source.kind === 'local' ? localPeople(storeUrl) : new CognitoPeople(source);
}

function localPeople(storeUrl: string): People {
  const person = async (claims: { groups?: string[]; expiresIn?: number } = {}) => {
    const sub = randomUUID();
    return { id: sub, authorization: await localToken(storeUrl, { sub, ...claims }) };
  };
  return {
    newCustomer: () => person(),
    newAdmin: () => person({ groups: ['admins'] }),
    newExpiredCustomer: () => person({ expiresIn: -60 }),
    // They exist nowhere but in their tokens.
    remove: async () => undefined,
  };
}

async function localToken(storeUrl: string, request: object): Promise<string> {
  const response = await fetch(`${storeUrl}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  if (!response.ok) {
    throw new Error(
      `POST /dev/token answered ${response.status}: only a store in development signs tokens`,
    );
  }
  const { accessToken } = (await response.json()) as { accessToken: string };
  return `Bearer ${accessToken}`;
}
