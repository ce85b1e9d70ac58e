/** What a promotion is refused for before anything is changed; IAM is enforced. */
import {
  BatchDeleteImageCommand,
  DeleteRepositoryPolicyCommand,
  ECRClient,
} from '@aws-sdk/client-ecr';
import type { Environment } from '../../stacks/place.ts';
import { repositoryName } from '../running/names.ts';
import { writeRecord } from '../running/records.ts';
import { chooseImage } from './choice.ts';
import { bring, COMMIT, recordOf, released } from './testing/promotions.ts';
import { type TwoAccounts, twoAccounts } from './testing/two-accounts.ts';

let accounts: TwoAccounts;
let dev: Environment;

beforeAll(async () => {
  accounts = await twoAccounts();
  dev = accounts.environmentOf('dev');
  accounts.be('source');
  await accounts.letPull();
});

afterEach(() => accounts.be('promoter'));
afterAll(() => accounts.stop());

test("which image serves in another account is read with that account's profile, or named", async () => {
  const digest = await released(accounts);
  const { table } = accounts;
  const choice = { table, from: 'dev', to: 'staging' };

  await expect(chooseImage(choice)).rejects.toThrow(
    'which image serves in dev stands in another account, 111111111111: add --from-profile with a profile of that account, or --digest with what npm run releases -- dev marks with * there',
  );
  await expect(chooseImage({ ...choice, profile: 'nobody' })).rejects.toThrow(
    /the profile nobody cannot read the releases of dev, .* sign in with it, or name the image with --digest/,
  );
  const named = await chooseImage({ ...choice, digest });
  expect(named).toMatchObject({ digest, commit: COMMIT });
});

test('without the policy of its registry nothing can be pulled, and who can change that is said', async () => {
  await released(accounts);
  accounts.be('source');
  await new ECRClient({ region: dev.region }).send(
    new DeleteRepositoryPolicyCommand({ repositoryName }),
  );
  accounts.be('promoter');

  await expect(bring(accounts)).rejects.toThrow(
    /the registry of dev .* does not let you pull: .* npm run bootstrap -- dev by somebody of that account/,
  );

  accounts.be('source');
  await accounts.letPull();
  accounts.be('promoter');
  await expect(bring(accounts)).resolves.toBeDefined();
});

test('an image that somebody has deleted is refused by its digest, with what to do', async () => {
  const imageDigest = await released(accounts);
  accounts.be('source');
  await new ECRClient({ region: dev.region }).send(
    new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }),
  );
  accounts.be('promoter');

  await expect(bring(accounts)).rejects.toThrow(
    `the image ${imageDigest} is not in the registry of dev any more: deleted, or taken away as one of the oldest. Release the code of its time anew, or another image: npm run releases -- dev lists commits and digests`,
  );
});

test('once it was copied, it can be promoted again when the first registry has lost it', async () => {
  const imageDigest = await released(accounts);
  await bring(accounts);
  accounts.be('source');
  await new ECRClient({ region: dev.region }).send(
    new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }),
  );
  accounts.be('promoter');

  expect((await bring(accounts)).digest).toBe(imageDigest);
});

test('an image that is too old for the schema there is refused', async () => {
  await released(accounts);
  const staging = accounts.environmentOf('staging');
  const newer = { schema: { build: 14, minimumBuild: 13 } };
  accounts.be('target');
  await writeRecord(staging, recordOf('sha256:newer', newer));
  accounts.be('promoter');

  await expect(bring(accounts)).rejects.toThrow(
    'the schema needs build 13 or newer, and that image is build 12',
  );
});

test('from an environment to itself is no way', async () => {
  const choice = { table: accounts.table, from: 'dev', to: 'dev' };

  await expect(chooseImage(choice)).rejects.toThrow('name two environments');
});
