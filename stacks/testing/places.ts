/** Environments and accounts for tests; they take only what differs. */
import { accountsOf, type Account, type Environment, toEnvironment } from '../place.ts';
import type { Settings } from '../settings.ts';
import { someTable } from './some-table.ts';

/** An environment with a real-looking account, and what a test wants otherwise. */
export function anEnvironment(
  name: keyof typeof someTable = 'dev',
  differences: Partial<Settings> = {},
): Environment {
  return toEnvironment(name, {
    ...someTable[name],
    accountId: '123456789012',
    ...differences,
  } as Settings);
}

export function anAccount(...members: readonly Environment[]): Account {
  const [account] = accountsOf(members.length === 0 ? [anEnvironment()] : members);
  return account as Account;
}
