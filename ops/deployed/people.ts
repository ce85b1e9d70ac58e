/** Who the tests act as, and where their tokens come from. */
import { randomUUID } from 'node:crypto';

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

const KINDS = {
  /** From a store in development, which signs tokens for the asking. */
  local: localPeople,
} as const satisfies Record<string, (storeUrl: string) => People>;

export type PeopleKind = keyof typeof KINDS;

export const PEOPLE_KINDS = Object.keys(KINDS);

export function isPeopleKind(text: string): text is PeopleKind {
  return Object.hasOwn(KINDS, text);
}

export function peopleOf(kind: PeopleKind, storeUrl: string): People {
  return KINDS[kind](storeUrl);
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
