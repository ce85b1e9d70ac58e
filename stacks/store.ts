/** Which stacks there are. Without side effects, so that tests build the same. */
import type { App } from 'cdktf';
import { DatabaseStack } from './database-stack.ts';
import { TEMPLATE_ACCOUNT } from './environments.ts';
import { IdentityStack } from './identity-stack.ts';
import { MigrationStack } from './migration-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { type Account, accountsOf, type Environment } from './place.ts';
import { RegistryStack } from './registry-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { StateStack } from './state-stack.ts';

/** Everything: what accounts have once, then each environment. */
export function addStore(app: App, environments: readonly Environment[]): void {
  const accounts = accountsOf(environments);
  const ids = new Set(accounts.map(({ accountId }) => accountId));
  // AWS refuses policies that name an account that does not exist.
  ids.delete(TEMPLATE_ACCOUNT);
  for (const account of accounts) {
    // The image that one account has tried goes on to the next.
    const pullAccounts = [...ids].filter((id) => id !== account.accountId);
    addAccount(app, account, pullAccounts);
  }
  for (const environment of environments) addEnvironment(app, environment);
}

/** What an account has once, whatever the number of its environments. */
export function addAccount(app: App, account: Account, pullAccounts: readonly string[] = []): void {
  new StateStack(app, account);
  new RegistryStack(app, account, { pullAccounts });
}

/** An environment, in the order in which its stacks are applied. */
export function addEnvironment(app: App, environment: Environment): void {
  const network = new NetworkStack(app, environment);
  const identity = new IdentityStack(app, environment);
  const database = new DatabaseStack(app, environment, network);
  new MigrationStack(app, environment, { network, database });
  new ServiceStack(app, environment, { network, identity, database });
}
