import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  ECRClient,
  PutImageCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { credentialsOf, type Emulator } from '../emulator.ts';
import { ACCOUNT, type Both, clientSettings, startBoth } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

const OTHER = '210987654321';
const repositoryName = 'store';
const imageIds = [{ imageTag: 'v1' }];
const question = new BatchGetImageCommand({ registryId: OTHER, repositoryName, imageIds });

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
  for (const emulator of [both.filled, both.plain]) {
    const ecr = ofOther(emulator);
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    await ecr.send(
      new PutImageCommand({ repositoryName, imageManifest: '{"layers":[]}', imageTag: 'v1' }),
    );
  }
});

afterAll(() => both.stop());

/** The root of the other account. */
const ofOther = (emulator: Emulator) =>
  new ECRClient(clientSettings(emulator, credentialsOf(OTHER)));

/** Somebody of our account who may pull everywhere, as far as it is ours to allow. */
async function puller(emulator: Emulator): Promise<ECRClient> {
  return new ECRClient(await settingsOf(emulator, { Action: 'ecr:BatchGetImage' }));
}

function policy(Action: string): Promise<unknown> {
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action },
  ];
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement });
  return ofOther(both.filled).send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
}

test('an image of another account is pulled when that account allows it, and only then', async () => {
  const ecr = await puller(both.filled);

  expect(await outcome(ecr.send(question))).toBe('denied');
  await policy('ecr:GetDownloadUrlForLayer');
  expect(await outcome(ecr.send(question))).toBe('denied');
  await policy('ecr:BatchGetImage');

  const { images = [] } = await ecr.send(question);
  expect(images.map(({ registryId }) => registryId)).toEqual([OTHER]);
});

test("that account's word alone is not enough", async () => {
  await policy('ecr:BatchGetImage');
  const ecr = new ECRClient(
    await settingsOf(both.filled, {
      Action: 'ecr:*',
      Resource: `arn:aws:ecr:*:${ACCOUNT}:repository/*`,
    }),
  );

  expect(await outcome(ecr.send(question))).toBe('denied');
});

test("without our filler the other registry is taken for one's own", async () => {
  const ecr = await puller(both.plain);

  await expect(ecr.send(question)).rejects.toMatchObject({
    name: 'RepositoryNotFoundException',
  });
});
