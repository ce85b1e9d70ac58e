/** The store under test, as `ops/test-deployed.ts` hands it to the tests: in the environment. */
import { isPeopleKind, type PeopleKind } from './people.ts';

export interface Target {
  /** Without a slash at its end; may have a path, as a gateway's stage has. */
  readonly url: string;
  readonly people: PeopleKind;
  /** What the store sells in: its own setting, which no answer tells. */
  readonly currency: string;
}

export function toEnvironment({ url, people, currency }: Target): Record<string, string> {
  return { STORE_URL: url, STORE_PEOPLE: people, STORE_CURRENCY: currency };
}

export const target: Target = fromEnvironment(process.env);

function fromEnvironment(environment: NodeJS.ProcessEnv): Target {
  const {
    STORE_URL: url = '',
    STORE_PEOPLE: people = 'local',
    STORE_CURRENCY: currency = 'EUR',
  } = environment;
  if (!isPeopleKind(people)) throw new Error(`STORE_PEOPLE is ${people}`);
  return { url, people, currency };
}
