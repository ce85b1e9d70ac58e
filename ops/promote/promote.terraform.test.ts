/** An image goes from one account's registry to another's, the same bits; IAM is enforced. */
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import type { Environment } from '../../stacks/place.ts';
import { requireManifest } from '../release/registry.ts';
import { repositoryName } from '../running/names.ts';
import { writeRecord } from '../running/records.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { bring, COMMIT, layer, recordOf, released } from './testing/promotions.ts';
import { putImage, putList } from './testing/some-image.ts';
import { type TwoAccounts, twoAccounts } from './testing/two-accounts.ts';

/** More than a part, so that it comes in two. */
const LARGE = 11_000_000;

let accounts: TwoAccounts;
let dev: Environment;
let staging: Environment;

beforeAll(async () => {
  accounts = await twoAccounts();
  dev = accounts.environmentOf('dev');
  staging = accounts.environmentOf('staging');
  accounts.be('source');
  await accounts.letPull();
});

afterEach(() => accounts.be('promoter'));
afterAll(() => accounts.stop());

async function tagsOf({ region }: Environment, imageDigest: string): Promise<string[]> {
  const question = new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] });
  const { imageDetails = [] } = await new ECRClient({ region }).send(question);
  return imageDetails[0]?.imageTags ?? [];
}

test('the very digest of dev is then in the other account, text by text, under a tag of its own', async () => {
  const digest = await released(accounts, [layer(LARGE), layer()]);
  const told: string[] = [];

  const image = await bring(accounts, { say: (text) => told.push(text) });

  expect(image).toEqual({ digest, commit: COMMIT });
  expect(await tagsOf(staging, digest)).toEqual([`promoted-${digest.slice(7, 19)}-arm64`]);
  const { text } = await requireManifest(staging, digest);
  expect(text).toBe((await requireManifest(dev, digest)).text);
  expect(told).toContain('0.0 of 11.0 MB copied from dev; 0.0 there');
  expect(told).toContain('10.5 of 11.0 MB copied from dev; 0.0 there');
  expect(told).toContain('11.0 of 11.0 MB copied from dev; 0.0 there');
});

test('what is there is not sent again, and keeps its tag', async () => {
  const digest = await released(accounts);
  await bring(accounts);
  const tags = await tagsOf(staging, digest);
  const told: string[] = [];

  await bring(accounts, { say: (text) => told.push(text) });

  expect(told).toEqual(['the registry is asked for it']);
  expect(await tagsOf(staging, digest)).toEqual(tags);
});

test('broken off in the middle, it goes on with the layer that it was at', async () => {
  const digest = await released(accounts, [layer(LARGE), layer(LARGE)]);
  const stop = new AbortController();
  const first = bring(accounts, {
    signal: stop.signal,
    say: (text) => {
      // The second layer has begun.
      if (text.startsWith('21.')) stop.abort(new Interrupted('stopped by SIGINT'));
    },
  });
  await expect(first).rejects.toThrow('stopped by SIGINT');
  expect(await requireManifest(dev, digest)).toBeDefined();
  await expect(requireManifest(staging, digest)).rejects.toThrow('not in the registry');
  const told: string[] = [];

  const image = await bring(accounts, { say: (text) => told.push(text) });

  expect(image.digest).toBe(digest);
  expect(told[0]).toBe('0.0 of 11.0 MB copied from dev; 11.0 there');
});

test('a list for several kinds of processors comes with all its images', async () => {
  accounts.be('source');
  const members = {
    arm64: await putImage(dev, { commit: COMMIT, layers: [layer()] }),
    amd64: await putImage(dev, { commit: COMMIT, architecture: 'amd64', layers: [layer()] }),
  };
  const list = await putList(dev, 'list', members);
  await writeRecord(dev, recordOf(list));
  accounts.be('promoter');

  expect(await bring(accounts)).toEqual({ digest: list, commit: COMMIT });

  for (const digest of Object.values(members)) {
    await expect(requireManifest(staging, digest)).resolves.toBeDefined();
  }
});

test('within an account it goes to the registry of another region', async () => {
  const digest = await released(accounts);
  await bring(accounts);
  accounts.be('target');
  await writeRecord(staging, recordOf(digest));

  await bring(accounts, { from: 'staging', to: 'faraway' });

  expect(await tagsOf(accounts.environmentOf('faraway'), digest)).toHaveLength(1);
});
