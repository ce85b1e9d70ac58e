/** Takes an environment away, in the order in which nothing is in the way. */
import type { Environment } from '../../stacks/place.ts';
import { hasBucket } from '../bootstrap/bucket.ts';
import { requireAccount } from '../deployment/account.ts';
import { type EnvironmentStacks, STACKS, withStacks } from '../deployment/environment-stacks.ts';
import { HOLDS_DATA } from '../../stacks/addresses/stateful.ts';
import { listenForSignals } from '../deployment/interruption.ts';
import { duration, Progress, type Say } from '../deployment/progress.ts';
import { type Plan, type Stack, TerraformFailed } from '../deployment/stack.ts';
import type { Story } from '../deployment/story.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { connectedTwoAtOnce, twoAtOnce } from '../deployment/two-at-once.ts';
import { withReleaseLock } from '../release/lock.ts';
import { readState, type StackState, type StateResource } from '../running/states.ts';
import { askConsent, type Consent, requireConsent } from './consent.ts';
import { emptyBucket } from './empty-bucket.ts';
import { deleteKept, endRestore, keptDatabases } from './kept-databases.ts';
import { liftPrevention } from './prevention.ts';
import { finalSnapshots, refuseProtected } from './protection.ts';
import { remainsOf, sharedOf } from './remains.ts';
import { refuseWhileRunning } from './still-running.ts';
import { endTasks } from './tasks.ts';

/** Stacks in one row need nothing of each other; whoever comes later is needed by those before. */
const ROWS = [['service', 'migration'], ['database', 'identity'], ['network']] as const;

type Name = (typeof STACKS)[number];
type States = ReadonlyMap<Name, StackState>;

interface DestroyOptions {
  readonly table: Table;
  /** Of the environment. */
  readonly name: string;
  readonly confirm: string | undefined;
  readonly yes: boolean;
}

/** May be broken off and run again. @throws Refusal, Interrupted, SettingsError, what is missing of Terraform */
export async function destroyEnvironment(options: DestroyOptions): Promise<void> {
  const { table, name, confirm, yes } = options;
  const { environment, account } = find(table, name);
  const consent: Consent = { confirm, yes, ...(environment.production && { typed: name }) };
  requireConsent(consent, name);
  const who = await requireAccount(environment);
  const signal = listenForSignals();
  const isThere = await hasBucket(account);
  if (isThere) {
    await withReleaseLock(environment, who, () =>
      destroyStacks({ table, environment, consent, signal }),
    );
  } else await refuseWhileRunning(environment);
  console.log(`\nOf ${name} nothing runs any more. What stays:`);
  const remains = await remainsOf(environment);
  if (isThere) remains.push(...sharedOf(environment));
  for (const line of remains) console.log(`  ${line}`);
}

interface Task {
  readonly table: Table;
  readonly environment: Environment;
  readonly consent: Consent;
  readonly signal: AbortSignal;
}

async function destroyStacks({ table, ...task }: Task): Promise<void> {
  const { environment } = task;
  const states = await statesOf(environment);
  if (states.size === 0) {
    await refuseWhileRunning(environment);
    return endRestore(environment);
  }
  await refuseProtected(environment, resourcesOf(states));
  const kept = await keptDatabases(environment, resourcesOf(states));
  await withStacks(table, environment, (stacks) => destroyAll({ ...task, stacks, states, kept }));
}

interface Work extends Omit<Task, 'table'> {
  readonly stacks: EnvironmentStacks;
  readonly states: States;
  /** Databases of a restore. */
  readonly kept: readonly string[];
}

async function destroyAll({ environment, stacks, states, kept, ...work }: Work): Promise<void> {
  const { consent, signal } = work;
  const progress = new Progress();
  const names = STACKS.filter((name) => states.has(name));
  for (const name of names) await liftPrevention(stacks.folderOf(name));
  const plans = await connectedTwoAtOnce(names, stacks, (name) =>
    progress.step(`plan ${stacks[name].name}`, (say) => planDestruction(stacks[name], say)),
  );
  show(environment, names, { plans, states });
  for (const name of kept) console.log(`The database ${name}, of a restore, goes too.\n`);
  await askConsent(consent, signal);
  for (const row of ROWS) {
    signal.throwIfAborted();
    const left = row.filter((name) => states.has(name));
    await twoAtOnce(left, (name) =>
      progress.step(`destroy ${stacks[name].name}`, (say) =>
        destroy(environment, { stack: stacks[name], state: states.get(name), say }),
      ),
    );
    if (row === ROWS[0]) {
      await progress.step('tasks that still run', (say) => endTasks(environment, say, signal));
      if (kept.length > 0) {
        await progress.step('databases of a restore', (say) =>
          deleteKept(environment, kept, { say, signal }),
        );
      }
      await endRestore(environment);
    }
  }
}

/** Of the stacks of which anything is there. */
async function statesOf(environment: Environment): Promise<States> {
  const found = new Map<Name, StackState>();
  await Promise.all(
    STACKS.map(async (name) => {
      const state = await readState(environment, name);
      if (state !== undefined && state.resources.length > 0) found.set(name, state);
    }),
  );
  return found;
}

function resourcesOf(states: States): StateResource[] {
  return [...states.values()].flatMap(({ resources }) => resources);
}

/** What a deployment that broke off never told is missing to the plan, which can do without. */
async function planDestruction(stack: Stack, say: Say): Promise<Plan> {
  try {
    return await stack.plan(say, { extra: ['-destroy'] });
  } catch (error) {
    const isIncomplete =
      error instanceof TerraformFailed && /remote state|Unsupported attribute/i.test(error.message);
    if (!isIncomplete) throw error;
    return stack.plan(say, { extra: ['-destroy', '-refresh=false'] });
  }
}

function show(
  { name }: Environment,
  names: readonly Name[],
  { plans, states }: { readonly plans: readonly Plan[]; readonly states: States },
): void {
  console.log(`\nOf ${name} would be destroyed:`);
  for (const [index, stack] of names.entries()) {
    const addresses = (plans[index]?.changes ?? []).map(({ address }) => address);
    console.log(`  ${stack}: ${addresses.length} resources`);
    const holding = addresses.filter((address) => HOLDS_DATA.test(address));
    for (const address of holding) console.log(`    with ${address}`);
  }
  const resources = resourcesOf(states);
  if (resources.some(({ type }) => type === 'aws_db_instance')) {
    const snapshots = finalSnapshots(resources);
    const kept = `The database leaves a last snapshot: ${snapshots.join(', ')}.`;
    console.log(snapshots.length > 0 ? kept : 'No snapshot is made: the data is lost.');
  }
  if (states.has('identity')) console.log("Everybody's account is lost.");
  console.log('');
}

interface Doomed {
  readonly stack: Stack;
  readonly state: StackState | undefined;
  readonly say: Say;
}

/** @returns what took longest */
async function destroy({ region }: Environment, { stack, state, say }: Doomed): Promise<string> {
  // With `force_destroy` Terraform empties them itself.
  const buckets = (state?.resources ?? [])
    .filter(({ type, attributes }) => type === 'aws_s3_bucket' && !attributes['force_destroy'])
    .map(({ attributes }) => String(attributes['bucket']));
  const emptyAll = async () => {
    for (const bucket of buckets) await emptyBucket(region, bucket, say);
  };
  await emptyAll();
  try {
    return toldBy(await stack.apply(say));
  } catch (error) {
    // The load balancer wrote a last log before it went.
    const isFilled = error instanceof TerraformFailed && error.message.includes('BucketNotEmpty');
    if (!isFilled) throw error;
    await emptyAll();
    await stack.plan(say, { extra: ['-destroy'] });
    return toldBy(await stack.apply(say));
  }
}

function toldBy(story: Story): string {
  const { address, seconds } = story.longest();
  return address === '' ? 'done' : `${address} took ${duration(seconds)}`;
}
