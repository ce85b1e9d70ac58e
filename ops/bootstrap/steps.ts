/** What the bootstrap does, in order. Each looks at AWS, not at what the one before has said. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../../stacks/place.ts';
import type { Terraform } from '../terraform/terraform.ts';
import { adopt } from './adoption.ts';
import { keepBrokenOff } from './broken-off.ts';
import { hasBucket, hasState } from './bucket.ts';
import type { LocalState } from './local-state.ts';
import { Refusal } from '../deployment/refusal.ts';
import { stateKey } from '../deployment/synthesis.ts';

interface Setup {
  /** ARN of whose credentials these are. */
  readonly caller: string;
  readonly account: Account;
  readonly terraform: Terraform;
  /** Where the synthesised stacks are, for this run alone. */
  readonly stacks: string;
  readonly localState: LocalState;
  /** Whether Terraform asks before it changes anything. */
  readonly asks: boolean;
}

interface Step {
  readonly title: (account: Account) => string;
  /** @returns what is so now. @throws Refusal, Interrupted */
  readonly run: (setup: Setup) => Promise<string>;
}

export const STEPS: readonly Step[] = [
  { title: ({ accountId, region }) => `Account ${accountId} in ${region}`, run: checkAccount },
  { title: ({ stateBucket }) => `The bucket of all states, ${stateBucket}`, run: makeBucket },
  { title: () => "The bucket's own state moves into it", run: moveState },
  { title: () => 'The registry of images', run: makeRegistry },
];

async function checkAccount({ caller, account }: Setup): Promise<string> {
  const isThere = await hasBucket(account);
  return `you are ${caller}; the bucket ${isThere ? 'is there' : 'is still to be made'}`;
}

async function makeBucket(setup: Setup): Promise<string> {
  const { account, localState, terraform } = setup;
  const folder = folderOf(setup, 'state');
  await localState.refuseIfOvertaken(account);
  const moved = await isMoved(setup);
  if (!moved) await keepStateHere(folder, localState);
  await connect(terraform, folder);
  await apply(setup, folder);
  return `it is there, its own state ${moved ? 'in it' : `in ${localState.path}`}`;
}

/** An override file replaces the stack's own backend. */
const OVERRIDE = 'local_override.tf.json';

async function keepStateHere(folder: string, { path }: LocalState): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const backend = { local: { path } };
  await writeFile(join(folder, OVERRIDE), JSON.stringify({ terraform: { backend } }));
}

async function moveState(setup: Setup): Promise<string> {
  const { localState, terraform } = setup;
  const folder = folderOf(setup, 'state');
  if (!(await isMoved(setup))) {
    await rm(join(folder, OVERRIDE), { force: true });
    await connect(terraform, folder);
    // Under the lock, and refused when another state has come there meanwhile.
    const { code, errors } = await terraform.run(folder, 'state', 'push', localState.path);
    if (code !== 0) throw new Refusal(`Terraform cannot move the state:\n${errors}`);
  }
  // Nothing is here when it was moved by an earlier run, perhaps on another machine.
  if (localState.exists()) await localState.setAside();
  return 'it is there';
}

async function makeRegistry(setup: Setup): Promise<string> {
  const folder = folderOf(setup, 'registry');
  await connect(setup.terraform, folder);
  await apply(setup, folder);
  return 'it is there';
}

function folderOf({ stacks, account }: Setup, name: string): string {
  return join(stacks, `${account.label}-${name}`);
}

async function isMoved(setup: Setup): Promise<boolean> {
  return hasState(setup.account, await stateKey(folderOf(setup, 'state')));
}

async function connect(terraform: Terraform, folder: string): Promise<void> {
  const { code, errors } = await terraform.init(folder, '-reconfigure');
  if (code !== 0) throw new Refusal(`terraform init does not work:\n${errors}`);
}

async function apply({ account, terraform, asks }: Setup, folder: string): Promise<void> {
  await adopt(folder, account);
  await keepBrokenOff(terraform, folder);
  const unasked = asks ? [] : ['-input=false', '-auto-approve'];
  const { code, errors } = await terraform.show(folder, asks, 'apply', ...unasked);
  if (code === 0) return;
  const isLocked = errors.includes('Error acquiring the state lock');
  throw new Refusal(isLocked ? LOCKED : UNFINISHED);
}

const UNFINISHED =
  'Terraform stopped before the end, as said above; run the same command to go on from here';

const LOCKED = `another run is at work there, named above as Who: wait for its end, and run the same command again. Nobody is at work when that run was killed: then free its lock,
  npm run unlock -- <the stack>`;
