import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlanFile } from './plan-files.ts';
import { review } from './review.ts';
import { text } from './testing/engine/plans.ts';

const PLAN = text('plans/pull-request');
const SHA256 = createHash('sha256').update(PLAN).digest('hex');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'review-'));
  await writeFile(join(folder, 'one.json'), PLAN);
});
afterEach(() => rm(folder, { recursive: true }));

const readOne = () => readPlanFile(join(folder, 'one.json'));
const toWrite = (name: string, content: object) =>
  writeFile(join(folder, name), JSON.stringify(content));

function plansFile(jsonSha256: string): object {
  const origin = { construct: 'dev-database/postgres', source: 'stacks/database-stack.ts:12' };
  const one = {
    stack: 'dev-database',
    json: 'one.json',
    sha256: 'of the saved plan',
    jsonSha256,
    provisional: ['dev-network'],
    sources: { 'aws_db_instance.postgres': origin },
  };
  return { version: 1, stacks: [one] };
}

test('a plan alone has the name of its file', async () => {
  const plan = await readOne();

  expect(plan).toMatchObject({ stack: 'one', sha256: SHA256 });
});

test('plans.json beside it tells stack, origin, and what it waits for', async () => {
  await toWrite('plans.json', plansFile(SHA256));
  const { plans, findings } = review([await readOne()]);

  expect(plans).toMatchObject([
    { stack: 'dev-database', saved: 'of the saved plan', provisional: ['dev-network'] },
  ]);
  expect(findings[0]).toMatchObject({
    stack: 'dev-database',
    construct: 'dev-database/postgres',
    source: 'stacks/database-stack.ts:12',
  });
});

test('a plan that is not the one of plans.json is refused', async () => {
  await toWrite('plans.json', plansFile('0'.repeat(64)));

  await expect(readOne()).rejects.toThrow(/one\.json is not the one that plans\.json/);
});

test('a synthesised stack beside it tells the stack and the constructs', async () => {
  const postgres = { '//': { metadata: { path: 'dev-database/postgres/instance' } } };
  await toWrite('cdk.tf.json', {
    '//': { metadata: { stackName: 'dev-database' } },
    resource: { aws_db_instance: { postgres } },
  });
  const { findings } = review([await readOne()]);

  expect(findings[0]).toMatchObject({
    stack: 'dev-database',
    construct: 'dev-database/postgres/instance',
  });
});

test('a file that is not there, and a folder, are refused', async () => {
  await expect(readPlanFile(join(folder, 'none.json'))).rejects.toThrow(/there is no file/);
  await expect(readPlanFile(folder)).rejects.toThrow(/is a folder/);
});

test('a plan in UTF-16 is refused with the way to make it anew', async () => {
  const file = join(folder, 'wide.json');
  await writeFile(file, Buffer.from('\uFEFF{}', 'utf16le'));

  await expect(readPlanFile(file)).rejects.toThrow(/UTF-16, as PowerShell does: cmd/);
});

test('a plans.json that cannot be read is not passed over', async () => {
  for (const content of ['{', 'null', '{"stacks":[null]}']) {
    await writeFile(join(folder, 'plans.json'), content);
    await expect(readOne()).rejects.toThrow(/plans\.json cannot be read/);
  }
});
