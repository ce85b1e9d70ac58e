/** With real Terraform, on an emulated ECS: what is put back when a release does not come to its end. */
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IMAGE_DIGEST_PARAMETER, PROJECT } from '../../contract.ts';
import { repositoryUrl } from '../../stacks/constructs/repository.ts';
import { Approval } from '../deployment/approval.ts';
import { Progress } from '../deployment/progress.ts';
import { Stack } from '../deployment/stack.ts';
import { readDigest } from '../running/digest.ts';
import { clusterName, serviceName } from '../running/names.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { Terraform } from '../terraform/terraform.ts';
import { putBack, type Switching } from './put-back.ts';
import { Recorder } from './recorder.ts';

const [BEFORE, BROKEN_OFF] = ['a', 'b'].map((one) => `sha256:${one.repeat(64)}`);

let dev: EmulatedDev;
let folder: string;
let service: Stack;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: false });
  await runs(`${repositoryUrl(dev.environment)}@${BROKEN_OFF}`);
});
afterAll(() => dev.emulator.stop());
beforeEach(async () => {
  import.meta.jest.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'put-back-test-'));
  await mkdir(join(folder, 'dev-service'));
  const change = { resource: { terraform_data: { change: { input: 'unwanted' } } } };
  await writeFile(join(folder, 'dev-service/cdk.tf.json'), JSON.stringify(change));
  service = new Stack(await Terraform.find(), join(folder, 'dev-service'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A release before this one was killed: what ECS runs never served well. */
async function runs(image: string): Promise<void> {
  const { environment } = dev;
  const { region, label } = environment;
  const Name = `/${PROJECT}/${label}/${IMAGE_DIGEST_PARAMETER}`;
  await new SSMClient({ region }).send(
    new PutParameterCommand({ Name, Value: String(BROKEN_OFF), Type: 'String' }),
  );
  const ecs = new ECSClient({ region });
  const [cluster, name] = [clusterName(environment), serviceName(environment)];
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const containerDefinitions = [{ name: 'service', image, memory: 128 }];
  await ecs.send(new RegisterTaskDefinitionCommand({ family: name, containerDefinitions }));
  await ecs.send(
    new CreateServiceCommand({ cluster, serviceName: name, taskDefinition: name, desiredCount: 0 }),
  );
}

function parts(): Switching {
  const { environment } = dev;
  const progress = new Progress();
  const others = { network: service, identity: service, database: service, migration: service };
  return {
    environment,
    progress,
    stacks: { ...others, service, folderOf: () => folder },
    approval: new Approval(progress, { yes: true }),
    recorder: new Recorder(environment, {
      kind: 'release',
      who: 'ada',
      checkout: 'c',
      before: BEFORE,
    }),
    signal: new AbortController().signal,
    before: BEFORE,
    migrates: true,
  };
}

test('the plan that nobody wants is not applied on the way back', async () => {
  await expect(putBack(parts(), { isApplied: false, isWanted: false })).resolves.toBe('');

  await expect(readDigest(dev.environment)).resolves.toBe(BEFORE);
  await expect(service.resources()).resolves.toEqual([]);
});

test('a service that was given another image is brought back', async () => {
  await expect(putBack(parts(), { isApplied: false, isWanted: true })).resolves.toBe('');

  await expect(service.resources()).resolves.toEqual(['terraform_data.change']);
});
