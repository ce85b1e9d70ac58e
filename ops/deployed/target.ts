/** The store under test, as `ops/test-deployed.ts` hands it to the tests: in the environment. */
import { isPeopleKind, type PeopleSource } from './people.ts';

export interface Target {
  /** Without a slash at its end; may have a path, as a gateway's stage has. */
  readonly url: string;
  readonly people: PeopleSource;
  /** What the store sells in: its own setting, which no answer tells. */
  readonly currency: string;
}

export function toEnvironment({ url, people, currency }: Target): Record<string, string> {
  return {
    STORE_URL: url,
    STORE_PEOPLE: people.kind,
    STORE_CURRENCY: currency,
    ...(people.kind === 'cognito' && {
      STORE_USER_POOL: people.userPoolId,
      STORE_CLIENT: people.clientId,
    }),
  };
}

export const target: Target = fromEnvironment(process.env);

function fromEnvironment(environment: NodeJS.ProcessEnv): Target {
  const {
    STORE_URL: url = '',
    STORE_PEOPLE: kind = 'local',
    STORE_CURRENCY: currency = 'EUR',
    STORE_USER_POOL: userPoolId = '',
    STORE_CLIENT: clientId = '',
  } = environment;
  if (!isPeopleKind(kind)) throw new Error(`STORE_PEOPLE is ${kind}`);
  const people = kind === 'local' ? { kind } : { kind, userPoolId, clientId };
  return { url, people, currency };
}
