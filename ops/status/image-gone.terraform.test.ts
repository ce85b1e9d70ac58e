import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  ECRClient,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { IMAGE_DIGEST_PARAMETER, PROJECT } from '../../contract.ts';
import { repositoryUrl } from '../../stacks/constructs/repository.ts';
import { clusterName, repositoryName, serviceName } from '../running/names.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { serviceFindings } from './service.ts';

let dev: EmulatedDev;
let digest: string;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: false });
  digest = await putImage();
  await runs(`${repositoryUrl(dev.environment)}@${digest}`);
  await release(digest);
});
afterAll(() => dev.emulator.stop());

const registry = () => new ECRClient({ region: dev.environment.region });

async function putImage(): Promise<string> {
  await registry().send(new CreateRepositoryCommand({ repositoryName }));
  const { image } = await registry().send(
    new PutImageCommand({ repositoryName, imageManifest: '{"layers":[]}', imageTag: 'v1' }),
  );
  return image?.imageId?.imageDigest ?? '';
}

async function runs(image: string): Promise<void> {
  const ecs = new ECSClient({ region: dev.environment.region });
  const cluster = clusterName(dev.environment);
  const name = serviceName(dev.environment);
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      containerDefinitions: [{ name: 'service', image, memory: 128 }],
    }),
  );
  await ecs.send(
    new CreateServiceCommand({ cluster, serviceName: name, taskDefinition: name, desiredCount: 0 }),
  );
}

async function release(Value: string): Promise<void> {
  const Name = `/${PROJECT}/${dev.environment.label}/${IMAGE_DIGEST_PARAMETER}`;
  const ssm = new SSMClient({ region: dev.environment.region });
  await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String' }));
}

const imageFinding = async () =>
  (await serviceFindings(dev.environment)).find(({ what }) => what === 'image');

test('an image that runs and was deleted from the registry is not well', async () => {
  expect(await imageFinding()).toMatchObject({ isWell: true });

  await registry().send(
    new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }),
  );

  expect(await imageFinding()).toEqual({
    what: 'image',
    text: `${digest} is not in the registry any more: no new task can start`,
    isWell: false,
  });
});
