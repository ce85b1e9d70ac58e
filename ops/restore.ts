/** `npm run restore`: a database as it was, beside the present one, and then in its place. */
import { environments } from '../stacks/environments.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { dropOld, restore, undo } from './restore/restore.ts';
import { situation } from './restore/situation.ts';
import { sourceOf } from './restore/source.ts';

const USAGE = `Usage: npm run restore -- <environment>
       npm run restore -- <environment> --at <time> | --snapshot <id> [--yes | --confirm <name>]
       npm run restore -- <environment> --undo | --drop-old [--yes | --confirm <name>]

Makes a second database beside the present one, as that was at a moment or from a snapshot;
shows what it holds and what it lacks, and asks; switches the service to it, which is without
a database for seconds; then state, stacks and tasks follow, until a second plan is empty. The
first one is kept. It may be broken off anywhere, and goes on when it is run again.

Without options: how far a restore has come, what is kept, or what could be restored.

  <environment>  a name of stacks/environments.ts
  --at           a moment with its zone, such as 2026-11-21T18:30:00Z
  --snapshot     the id of a snapshot of this environment's database
  --undo         back to the first one; before the switch the second one is deleted
  --drop-old     delete the one that is kept, with a last snapshot where data may not be lost
  --yes          do without the questions; not enough for production
  --confirm      the environment's name, to do without the questions
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE; the pipelines' roles may not do
this. Nobody can release meanwhile.

Exits with 0 when it is done, 1 when it is not, 64 when the arguments are wrong, 130 after
Ctrl-C.
`;

const OPTIONS = {
  at: { type: 'string' },
  snapshot: { type: 'string' },
  undo: { type: 'boolean', default: false },
  'drop-old': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  confirm: { type: 'string' },
} as const;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'restore',
    usage: USAGE,
    options: OPTIONS,
    run: async ({ values: { at, snapshot, yes, confirm, ...values }, positionals }) => {
      const name = oneEnvironment(positionals);
      const source = sourceOf(at, snapshot);
      const wishes = [source !== undefined, values.undo, values['drop-old']].filter(Boolean);
      if (wishes.length > 1) {
        throw new WrongUse('choose one: --at or --snapshot, --undo, --drop-old');
      }
      const options = { table: environments, name, consent: { yes, confirm } };
      if (source !== undefined) await restore(options, source);
      else if (values.undo) await undo(options);
      else if (values['drop-old']) await dropOld(options);
      else await tell(name);
      return 0;
    },
  });
}

async function tell(name: string): Promise<void> {
  const { environment } = find(environments, name);
  await requireAccount(environment);
  for (const line of await situation(environment)) console.log(line);
}
