/** Two people at once, with real Terraform: the state's lock in S3, as every stack asks for it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Testing } from 'cdktf';
import { PROJECT } from '../../contract.ts';
import { NetworkStack } from '../../stacks/network-stack.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { synthesise } from '../../stacks/testing/synthesise.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { Terraform } from './terraform.ts';

interface Backend {
  readonly bucket: string;
  readonly key: string;
  readonly kms_key_id: string;
}

const environment = anEnvironment('dev');
const { accountId, region } = environment;
const stack = synthesise(new NetworkStack(Testing.app(), environment));
const { s3: backend } = stack.terraform['backend'] as { s3: Backend };
/** Who Terraform says that holds a lock. */
const ME = `${userInfo().username}@${hostname()}`;
/** Milliseconds: the longest that anything here waits for something. */
const PATIENCE = 30_000;

let emulator: Emulator;
let terraform: Terraform;
let s3: S3Client;
let root: string;
const holders: ChildProcess[] = [];

beforeAll(async () => {
  emulator = await startEmulator({ accountId, region });
  terraform = await Terraform.find(emulator.environment);
  root = await mkdtemp(join(tmpdir(), 'lock-test-'));
  const settings = {
    region,
    endpoint: emulator.endpoint,
    credentials: { accessKeyId: accountId, secretAccessKey: 'emulated' },
  };
  s3 = new S3Client(settings);
  await s3.send(
    new CreateBucketCommand({
      Bucket: backend.bucket,
      CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
    }),
  );
  const kms = new KMSClient(settings);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const AliasName = backend.kms_key_id.split(':').at(-1);
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
});

afterAll(async () => {
  // Each is the leader of a group of its own, with the shells that Terraform started.
  for (const { pid } of holders) killGroup(pid);
  await emulator.stop();
  await rm(root, { recursive: true, force: true });
});

function killGroup(pid: number | undefined): void {
  try {
    process.kill(-(pid ?? Number.NaN), 'SIGKILL');
  } catch {
    // It has ended, as it should.
  }
}

/** A person's folder with the stack: the same backend, and resources that take their time. */
async function aPerson(name: string, output = 'first') {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  const [begun, release] = [join(folder, 'begun'), join(folder, 'release')];
  const slow = `touch '${begun}'; for i in $(seq 300); do [ -e '${release}' ] && exit 0; sleep 0.1; done; exit 1`;
  const configuration = {
    terraform: { required_version: stack.terraform['required_version'], backend: { s3: backend } },
    resource: {
      terraform_data: { slow: { provisioner: [{ 'local-exec': { command: slow } }] } },
    },
    output: { output: { value: output } },
  };
  await writeFile(join(folder, 'cdk.tf.json'), JSON.stringify(configuration));
  const { code, errors } = await terraform.init(folder);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return { folder, begun, release };
}

type Person = Awaited<ReturnType<typeof aPerson>>;

function apply({ folder }: Person, ...args: readonly string[]) {
  return terraform.run(folder, 'apply', '-auto-approve', '-input=false', '-no-color', ...args);
}

/** Applies until the lock is held and the resource is being made; then it waits to be released. */
async function holdTheLock(person: Person, ...args: readonly string[]) {
  const child = spawn('terraform', ['apply', '-auto-approve', '-input=false', ...args], {
    cwd: person.folder,
    env: { ...process.env, ...emulator.environment, CHECKPOINT_DISABLE: '1' },
    stdio: 'ignore',
    detached: true,
  });
  holders.push(child);
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  const deadline = performance.now() + PATIENCE;
  while (!existsSync(person.begun)) {
    if (performance.now() > deadline || child.exitCode !== null) throw new Error('nothing began');
    await wait(20);
  }
  return { child, ended };
}

async function stateOf({ folder }: Person) {
  const { output } = await terraform.run(folder, 'state', 'pull');
  return JSON.parse(output) as { serial: number; lineage: string; resources: unknown[] };
}

async function lockFile(): Promise<{ ID: string; Who: string }> {
  const Key = `${backend.key}.tflock`;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: backend.bucket, Key }));
  return JSON.parse((await Body?.transformToString()) ?? '') as { ID: string; Who: string };
}

test('a second apply is refused with the name of the holder, and nothing is lost', async () => {
  const [ada, bob] = [await aPerson('ada'), await aPerson('bob', 'second')];
  const holder = await holdTheLock(ada);

  const refused = await apply(bob);
  await writeFile(ada.release, '');
  const [adasCode] = await holder.ended;
  const afterAda = await stateOf(ada);
  const repeated = await apply(bob);
  const afterBob = await stateOf(bob);

  expect(refused.code).toBe(1);
  expect(refused.errors).toContain('Error acquiring the state lock');
  expect(refused.errors).toContain(`Who:       ${ME}`);
  expect(existsSync(bob.begun)).toBe(false);
  expect(adasCode).toBe(0);
  expect(afterAda.resources).toHaveLength(1);
  expect(repeated.output).toContain('Apply complete! Resources: 0 added, 0 changed, 0 destroyed.');
  expect(afterBob).toMatchObject({ lineage: afterAda.lineage, serial: afterAda.serial + 1 });
  expect(afterBob.resources).toEqual(afterAda.resources);
});

test('the state is encrypted with the key of the account', async () => {
  const { bucket: Bucket, key: Key } = backend;

  const stored = await s3.send(new HeadObjectCommand({ Bucket, Key }));

  expect(stored).toMatchObject({
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: `arn:aws:kms:${region}:${accountId}:alias/${PROJECT}-state`,
  });
});

test('a lock that a killed holder left names it, and can be taken away', async () => {
  const [ada, bob] = [await aPerson('ada'), await aPerson('bob', 'third')];
  await rm(ada.begun);
  await rm(ada.release);
  const before = await stateOf(ada);
  const holder = await holdTheLock(ada, '-replace=terraform_data.slow');
  killGroup(holder.child.pid);
  await holder.ended;

  const refused = await apply(bob);
  const left = await lockFile();
  const freed = await terraform.run(bob.folder, 'force-unlock', '-force', left.ID);
  const repeated = await apply(bob);
  const after = await stateOf(bob);

  expect(refused.errors).toContain(`Who:       ${ME}`);
  expect(left.Who).toBe(ME);
  expect(freed.code).toBe(0);
  expect(repeated.code).toBe(0);
  expect(after).toMatchObject({ lineage: before.lineage, serial: before.serial + 1 });
  expect(after.resources).toEqual(before.resources);
});
