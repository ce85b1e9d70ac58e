/** Takes away what an account has once, when no environment is left in it. */
import { dirname, join } from 'node:path';
import { PROJECT } from '../../contract.ts';
import type { Account, Environment } from '../../stacks/place.ts';
import { hasBucket } from '../bootstrap/bucket.ts';
import { requireAccount } from '../deployment/account.ts';
import { withStacks } from '../deployment/environment-stacks.ts';
import { Progress, type Say } from '../deployment/progress.ts';
import { Stack } from '../deployment/stack.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { readState } from '../running/states.ts';
import { Terraform } from '../terraform/terraform.ts';
import { askConsent, type Consent, requireConsent } from './consent.ts';
import { refuseUnlessDeletedHere } from './earlier-run.ts';
import { deleteImages } from './images.ts';
import { liftPrevention } from './prevention.ts';
import { deleteBucket, deleteKey, keepState } from './state-bucket.ts';
import { refuseWhileUsed } from './still-used.ts';

const NOTHING = 'nothing was destroyed';
const STATES_STAY = 'the bucket of all states stays; the registry is gone';

interface DestroyAccountOptions {
  readonly table: Table;
  /** An environment of the account. */
  readonly of: string;
  /** What was said with `--confirm`: the project's name, or nothing yet. */
  readonly confirm: string | undefined;
  /** The folder for what is kept of it on this machine. */
  readonly data: string;
}

/** May be broken off and run again. @throws Refusal, Interrupted, SettingsError, what is missing of Terraform */
export async function destroyAccount(options: DestroyAccountOptions): Promise<void> {
  const { table, of, confirm, data } = options;
  const { environment, account } = find(table, of);
  const consent: Consent = { typed: PROJECT, confirm, yes: false };
  requireConsent(consent);
  await requireAccount(environment);
  const folder = join(data, `${account.accountId}-${account.region}`);
  const isThere = await hasBucket(account);
  if (isThere) await refuseWhileUsed(account, NOTHING);
  else await refuseUnlessDeletedHere(account, folder);

  const { accountId, region, stateBucket } = account;
  console.log(`Of the account ${accountId} in ${region} would be destroyed:
  the registry ${PROJECT} with all its images
  the bucket ${stateBucket} with all states, and all that they were
  the keys of both`);
  await askConsent(consent);
  // There is no lock of the whole account, and a person takes time to answer.
  if (isThere) await refuseWhileUsed(account, NOTHING);

  const progress = new Progress();
  await progress.step('registry', (say) => destroyRegistry({ table, environment, account, say }));
  if (isThere) await refuseWhileUsed(account, STATES_STAY);
  const kept = await keepState(account, folder);
  await progress.step('bucket of all states', (say) => deleteBucket(account, say));
  await progress.step("the states' key", () => deleteKey(account));
  if (kept !== undefined) console.log(`\nThe bucket's own state, should somebody need it: ${kept}`);
  console.log(
    `\nNothing of ${PROJECT} is left in ${accountId}, ${region}, but keys until AWS deletes them.`,
  );
}

interface Registry {
  readonly table: Table;
  readonly environment: Environment;
  readonly account: Account;
  readonly say: Say;
}

async function destroyRegistry({ table, environment, account, say }: Registry): Promise<string> {
  const state = await readState(account, 'registry');
  if (state === undefined || state.resources.length === 0) return 'it is gone';
  const images = await deleteImages(account.region);
  await withStacks(table, environment, async ({ folderOf }) => {
    const folder = join(dirname(folderOf('network')), `${account.label}-registry`);
    await liftPrevention(folder);
    const stack = new Stack(await Terraform.find(), folder);
    await stack.plan(say, { extra: ['-destroy'] });
    await stack.apply(say);
  });
  return `it and its ${images} images are deleted`;
}
