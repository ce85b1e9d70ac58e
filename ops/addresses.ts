/** `npm run addresses`: what is recorded to exist, so that a new name never makes it anew. */
import { addressedStacks } from '../stacks/addresses/addressed.ts';
import { compare, type Comparison } from '../stacks/addresses/comparison.ts';
import { elsewhereProblems } from '../stacks/addresses/elsewhere.ts';
import { moveProblems } from '../stacks/addresses/moved-blocks.ts';
import { readRecords, RECORDS } from '../stacks/addresses/records.ts';
import { vanishingProblems } from '../stacks/addresses/vanishing.ts';
import { loadEnvironments } from '../stacks/environment-rules.ts';
import { environments, TEMPLATE_ACCOUNT } from '../stacks/environments.ts';
import { moves } from '../stacks/moves.ts';
import { GuardRailError } from '../stacks/policies/guard-rail-error.ts';
import { addStore } from '../stacks/store.ts';
import { accept } from './addresses/accept.ts';
import { chosen, requireGone } from './addresses/chosen.ts';
import { listing, moveStatus, staleRecords } from './addresses/listing.ts';
import { addressesInState } from './addresses/state.ts';
import { runCommand } from './deployment/command.ts';
import { Refusal, WrongUse } from './deployment/refusal.ts';
import { unwrittenApp } from './deployment/unwritten-app.ts';

const USAGE = `Usage: npm run addresses -- [<name>] [--from-state] [--check]
       npm run addresses -- accept [<name>] [--from-state] [--gone <path>]...

Shows what stacks/addresses records beside what the code says: what is new, what moves, what
would be lost. The records are files of yours, to be committed: by them synth knows that a
database exists, and refuses to write what would destroy it because its construct has another
name. Constructs that moved are listed in stacks/moves.ts.

accept writes the records: of what the code says now, so run it when that is applied, after a
release. It refuses while anything would be lost that is not named with --gone.

  <name>        an environment, which means its account's two stacks too, or a stack; by
                default all stacks, and for accept all that are recorded already
  --from-state  ask the states in the bucket what exists: listed beside the records, and
                accept records that and nothing else. Needs credentials, which AWS's usual
                variables name; without it nothing is asked
  --gone        a path such as dev-database/postgres/instance that nothing writes any more:
                the next release destroys it with what is in it. Also a stack or environment
                that was destroyed and is not in the program any more. May be given several
                times. What npm run destroy took away and is still in the program is dropped
                with --from-state
  --check       exit with 1 when a recorded stack has something new that may not be lost and
                is not recorded, would lose something, or is recorded in another account
                or region
  --help        this text

Nothing in AWS is changed.

Exits with 0, with 1 when accept refuses or the check fails, 64 when the arguments are wrong.
`;

/** What records say, by where they come from. */
const STATES = 'the states say';
const CODE = 'the code says; whether that is applied, only --from-state knows';
const MOVED =
  'What moved is recorded as moved, which is true once a release has applied it: keep its line in stacks/moves.ts until then.';

const OPTIONS = {
  'from-state': { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  gone: { type: 'string', multiple: true },
} as const;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'addresses',
    usage: USAGE,
    options: OPTIONS,
    run: ({ values, positionals }) => {
      // It may be given several times, which the frame's types do not know.
      const gone = (values.gone ?? []) as readonly string[];
      const { check, 'from-state': asks } = values;
      const [first, ...rest] = positionals;
      if (first === 'accept') {
        if (check) throw new WrongUse('--check is for the list alone');
        return acceptWhat(oneOrNone(rest), gone, asks);
      }
      if (gone.length > 0) throw new WrongUse('--gone is for accept alone');
      return list(oneOrNone(positionals), check, asks);
    },
  });
}

/** Without a synthesis, which would refuse what this command is for. @throws SettingsError, GuardRailError */
function comparisons(): Comparison[] {
  const app = unwrittenApp();
  addStore(app, loadEnvironments(environments, process.env['STORE_STATE_BUCKET']));
  const stacks = addressedStacks(app);
  const problems = moveProblems(stacks, moves);
  if (problems.length > 0) throw new GuardRailError(problems);
  return compare(stacks, readRecords(), moves);
}

async function statesOf(those: readonly Comparison[]): Promise<Map<string, Set<string>>> {
  const asked = those.flatMap(({ record, stack }) => (stack ? [{ record, stack }] : []));
  const states = await Promise.all(
    asked.map(async ({ record, stack }) => [record, await addressesInState(stack)] as const),
  );
  return new Map(states);
}

async function list(name: string | undefined, checks: boolean, asks: boolean): Promise<number> {
  const all = comparisons();
  const those = name === undefined ? all : chosen(all, name);
  console.log(listing(those, asks ? await statesOf(those) : undefined));
  const status = moveStatus(those, moves);
  if (status.length > 0) console.log(`\nstacks/moves.ts\n  ${status.join('\n  ')}`);
  const problems = [...elsewhereProblems(those), ...vanishingProblems(those)];
  if (problems.length > 0) console.log(`\n${problems.join('\n')}`);
  const stale = checks ? staleRecords(those) : [];
  if (stale.length === 0) return 0;
  console.error(`\nnot as the code says: ${stale.join(', ')}; see npm run addresses -- --help`);
  return 1;
}

async function acceptWhat(
  name: string | undefined,
  gone: readonly string[],
  asks: boolean,
): Promise<number> {
  const those = chosen(comparisons(), name);
  if (those.length === 0) throw new WrongUse('nothing is recorded yet: name an environment');
  refuseTemplate(those);
  const problems = elsewhereProblems(those);
  if (problems.length > 0) throw new GuardRailError(problems);
  requireGone(those, gone);
  const states = asks ? { states: await statesOf(those) } : {};
  console.log(accept(those, { gone, folder: RECORDS, ...states }).join('\n'));
  console.log(`Commit stacks/addresses. They say what ${asks ? STATES : CODE}.`);
  if (!asks && those.some(({ moved }) => moved.length > 0)) console.log(MOVED);
  return 0;
}

/** Nothing is there, nor ever will be: such records would be in the way of the real account's. */
function refuseTemplate(those: readonly Comparison[]): void {
  const one = those.find(({ stack }) => stack?.stack.place.accountId === TEMPLATE_ACCOUNT);
  if (one === undefined) return;
  throw new Refusal(
    `${one.record} is in the template's account, where nothing exists: write yours into stacks/environments.ts`,
  );
}

function oneOrNone(names: readonly string[]): string | undefined {
  if (names.length > 1) throw new WrongUse(`one name is expected, not ${names.join(' ')}`);
  return names[0];
}
