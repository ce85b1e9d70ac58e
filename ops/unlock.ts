/** `npm run unlock`: who holds a lock, and frees one that a killed run left. */
import { environments } from '../stacks/environments.ts';
import { requireAccount } from './deployment/account.ts';
import { runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { askForName, requireSameName } from './unlock/consent.ts';
import { findLock } from './unlock/locks.ts';
import { unlock } from './unlock/unlock.ts';

const USAGE = `Usage: npm run unlock -- <stack> [--confirm <stack>] [--holder-is-dead]

Shows who holds the lock of a stack's state, for what and since when, and frees it when you
type the stack's name. Ask the holder first: two who write one state at once lose resources.

  <stack>            such as dev-network; dev-release is the lock of whatever changes dev:
                     a release, rollback, promotion, rotation, restore or destroy
  --confirm <stack>  instead of the question; without a terminal nothing is freed otherwise
  --holder-is-dead   you know that the holder has ended: free it also when it is not ten
                     minutes old
  --help             this text

AWS's usual variables say who you are, such as AWS_PROFILE. Only that lock is deleted, and
only if it still is the one that was shown.

Exits with 0 when it is free now or was before, 1 when it was not freed, 64 when the
arguments are wrong, 130 after Ctrl-C.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'unlock',
    usage: USAGE,
    options: {
      confirm: { type: 'string' },
      'holder-is-dead': { type: 'boolean', default: false },
    },
    afterInterruption: 'the lock is as it was',
    run: async ({ values: { confirm, ...values }, positionals: [name, ...others] }) => {
      if (name === undefined || others.length > 0) throw new WrongUse('one stack is needed');
      const lock = findLock(environments, name);
      requireSameName(name, confirm);
      await requireAccount(lock.environment);
      const text = await unlock(lock, {
        holderIsDead: values['holder-is-dead'],
        agree: (question) => askForName(question, name, confirm),
        say: console.log,
      });
      console.log(text);
      return 0;
    },
  });
}
