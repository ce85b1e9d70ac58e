/** From a pull request to production's rule, as the workflows' steps do it: IAM enforced, real Terraform. */
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GITHUB } from '../../stacks/testing/pipelines.ts';
import { someTable } from '../../stacks/testing/some-table.ts';
import { apply } from '../apply/apply.ts';
import { plan } from '../plan/plan.ts';
import { readFolder } from '../plan/review.ts';
import { asJson } from '../review/as-json.ts';
import { asMarkdown } from '../review/markdown.ts';
import { review } from '../review/review.ts';
import { unreviewed } from '../review/subset.ts';
import { stateKeyOf } from '../running/states.ts';
import { execute } from '../terraform/execution.ts';
import { pack, unpack } from './package.ts';
import { fetchPackage, storePackage } from './plan-store.ts';
import { comeAs } from './github-job.ts';
import { type EmulatedPipelines, emulatedPipelines } from './testing/emulated-pipelines.ts';
import { type LoopbackGitHub, loopbackGitHub } from './testing/loopback-github.ts';

/** Milliseconds: five stacks are planned, twice, on a machine with other work. */
const PATIENCE = 600_000;

const JOBS = { plan: 'pull_request', apply: 'environment:dev' } as const;

let pipelines: EmulatedPipelines;
let hub: LoopbackGitHub;
let folder: string;
let own: NodeJS.ProcessEnv;

beforeAll(async () => {
  pipelines = await emulatedPipelines();
  hub = await loopbackGitHub();
  folder = await mkdtemp(join(tmpdir(), 'chain-'));
  own = { ...process.env };
}, PATIENCE);

afterAll(async () => {
  Object.assign(process.env, own);
  delete process.env['AWS_SESSION_TOKEN'];
  hub.stop();
  await rm(folder, { recursive: true, force: true });
  await pipelines.stop();
});

beforeEach(() => {
  import.meta.jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

function table() {
  const { accountId } = pipelines.environment;
  return { dev: { ...someTable.dev, accountId, github: GITHUB } };
}

/** The role is this process's own, as a job has it. */
async function become(pipeline: 'plan' | 'apply'): Promise<void> {
  const subject = `repo:${GITHUB.repository}:${JOBS[pipeline]}`;
  const roleArn = pipelines.roleArn(pipeline);
  Object.assign(process.env, await comeAs({ roleArn, github: GITHUB, subject }));
}

async function planned(out: string) {
  await become('plan');
  const { stacks } = await plan({
    table: table(),
    name: 'dev',
    out: join(folder, out),
    fromNothing: false,
  });
  const reviewed = review(await readFolder(join(folder, out), stacks));
  await writeFile(join(folder, out, 'review.md'), asMarkdown(reviewed));
  await writeFile(join(folder, out, 'review.json'), asJson(reviewed));
  return reviewed;
}

async function applied(out: string): Promise<readonly string[]> {
  await become('apply');
  return apply({
    table: table(),
    name: 'dev',
    plans: join(folder, out),
    yes: true,
    confirm: 'dev',
  });
}

/** Somebody else has written the state of the network meanwhile. @returns what the work is told */
async function whileOvertaken(work: () => Promise<unknown>): Promise<string> {
  const { environment } = pipelines;
  const state = { Bucket: environment.stateBucket, Key: stateKeyOf(environment, 'network') };
  const theirs = { version: 4, terraform_version: '1.11.4', serial: 7, lineage: 'theirs' };
  const Body = JSON.stringify({ ...theirs, outputs: {}, resources: [] });
  await new S3Client(pipelines.settingsOf('apply')).send(new PutObjectCommand({ ...state, Body }));
  const told = await work().then(String, String);
  Object.assign(process.env, own, { AWS_SESSION_TOKEN: '' });
  await new S3Client({}).send(new DeleteObjectCommand(state));
  return told;
}

async function step(command: string, ...args: readonly string[]): Promise<string> {
  const outcome = await execute(process.execPath, [`ops/pipelines/${command}.ts`, ...args], {
    folder: process.cwd(),
    environment: { ...process.env, ...hub.environment, NODE_OPTIONS: '' },
    output: 'hidden',
  });
  return `${outcome.code} ${outcome.output}${outcome.errors}`.trim();
}

test(
  'a pull request is told its plan, exactly that is applied, and what it overtook is refused',
  async () => {
    const reviewed = await planned('proposed');
    const proposed = (file: string) => join(folder, 'proposed', file);
    const told = [
      await step('comment', 'plan dev', '--body', proposed('review.md'), '--pull-request', '1'),
      await step('labels', 'dev', '--review', proposed('review.json'), '--pull-request', '1'),
    ];
    const packed = await pack(join(folder, 'proposed'));
    const { digest } = await storePackage(pipelines.environment, packed);

    await become('apply');
    const fetched = await fetchPackage(pipelines.environment, digest);
    await unpack(fetched, digest, join(folder, 'fetched'));
    const tooLate = await whileOvertaken(() => applied('fetched'));
    const left = await applied('fetched');
    const binding = await planned('binding');

    expect(told).toEqual([
      '0 the comment on plan dev of #1 is created',
      expect.stringMatching(/^0 labels added: plan:/),
    ]);
    expect(hub.comments[0]?.body).toContain((await readFile(proposed('review.md'), 'utf8')).trim());
    expect(tooLate).toContain('dev-network: the plan is stale');
    expect(left).toContain('dev-database');
    // Once its upstream is there, the binding plan does nothing that nobody has seen.
    const database = binding.plans.find(({ stack }) => stack === 'dev-database');
    expect([database?.saved, database?.provisional]).toEqual([expect.any(String), undefined]);
    expect(unreviewed(binding.findings, reviewed.findings)).toEqual([]);
    const others = reviewed.findings.filter(({ stack }) => stack !== 'dev-database');
    expect(unreviewed(binding.findings, others).map(({ stack }) => stack)).toContain(
      'dev-database',
    );
  },
  PATIENCE,
);
