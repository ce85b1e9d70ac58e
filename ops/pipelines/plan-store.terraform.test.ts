/** Plans from one job to another one, with the roles of the pipelines: IAM enforced, GitHub's tokens. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GITHUB } from '../../stacks/testing/pipelines.ts';
import { outcome } from '../emulator/testing/people.ts';
import { pack, unpack } from './package.ts';
import { fetchPackage, keyOf, storePackage } from './plan-store.ts';
import { comeAs } from './github-job.ts';
import { type EmulatedPipelines, emulatedPipelines } from './testing/emulated-pipelines.ts';

/** Milliseconds: a stack is applied first. */
const PATIENCE = 120_000;

let pipelines: EmulatedPipelines;
let folder: string;
let own: NodeJS.ProcessEnv;

beforeAll(async () => {
  pipelines = await emulatedPipelines();
  folder = await mkdtemp(join(tmpdir(), 'plan-store-'));
  own = { ...process.env };
}, PATIENCE);

afterAll(async () => {
  Object.assign(process.env, own);
  delete process.env['AWS_SESSION_TOKEN'];
  await rm(folder, { recursive: true, force: true });
  await pipelines.stop();
});

const JOBS = { plan: 'pull_request', apply: 'environment:dev' } as const;

/** As a job has it: the role is this process's own. */
async function become(pipeline: 'plan' | 'apply'): Promise<void> {
  const subject = `repo:${GITHUB.repository}:${JOBS[pipeline]}`;
  const roleArn = pipelines.roleArn(pipeline);
  Object.assign(process.env, await comeAs({ roleArn, github: GITHUB, subject }));
}

async function packed(text: string): Promise<Buffer> {
  const plans = await mkdtemp(join(folder, 'plans-'));
  await writeFile(join(plans, 'dev-network.tfplan'), text);
  return pack(plans);
}

test('who plans stores, who applies gets exactly that; neither replaces or deletes it', async () => {
  const { environment } = pipelines;
  const plans = await packed('a plan');
  const out = join(folder, 'out');

  await become('plan');
  const first = await storePackage(environment, plans);
  const again = await storePackage(environment, plans);
  await become('apply');
  await unpack(await fetchPackage(environment, first.digest), first.digest, out);

  expect([first.wasThere, again.wasThere]).toEqual([false, true]);
  expect(await readFile(join(out, 'dev-network.tfplan'), 'utf8')).toBe('a plan');
  const object = { Bucket: environment.stateBucket, Key: keyOf(environment, first.digest) };
  for (const pipeline of ['plan', 'apply'] as const) {
    const s3 = new S3Client(pipelines.settingsOf(pipeline));
    expect([
      await outcome(s3.send(new PutObjectCommand({ ...object, Body: 'mine' }))),
      await outcome(s3.send(new DeleteObjectCommand(object))),
    ]).toEqual(['denied', 'denied']);
  }
  const reader = new S3Client(pipelines.settingsOf('plan'));
  expect(await outcome(reader.send(new GetObjectCommand(object)))).toBe('denied');
});

test('a name that somebody else was first to use is worth nothing to him', async () => {
  const { environment } = pipelines;
  const reviewed = await packed('what was reviewed');
  const { digest } = await storePackage(environment, await packed('something else'));
  const { digest: meant } = await storePackage(environment, reviewed);
  const planted = await fetchPackage(environment, digest);

  await expect(unpack(planted, meant, join(folder, 'never'))).rejects.toThrow(
    'these are other plans',
  );
});

test('plans that are not there any more are planned again', async () => {
  await become('apply');

  await expect(fetchPackage(pipelines.environment, '0'.repeat(64))).rejects.toThrow(
    /has no plans 0{64} of dev: .* plan again/,
  );
});
