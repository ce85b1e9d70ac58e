import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Terraform } from '../terraform/terraform.ts';
import { type Result, validateAll } from './validation.ts';

const LOCK_FILE = join(import.meta.dirname, '../../stacks/.terraform.lock.hcl');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validate-test-'));
  await copyFile(LOCK_FILE, join(folder, '.terraform.lock.hcl'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A stack with one resource, as cdktf writes it. */
async function aStack(bucket: Readonly<Record<string, unknown>>) {
  const required = { source: 'registry.terraform.io/hashicorp/aws', version: '5.100.0' };
  const path = 'dev-test/files/bucket';
  const stack = {
    terraform: { required_providers: { aws: required } },
    resource: { aws_s3_bucket: { files: { '//': { metadata: { path } }, ...bucket } } },
  };
  await writeFile(join(folder, 'cdk.tf.json'), JSON.stringify(stack, null, 2));
  return { name: 'dev-test', folder };
}

async function validate(...stacks: Awaited<ReturnType<typeof aStack>>[]) {
  const terraform = await Terraform.find({ TF_DATA_DIR: join(folder, 'terraform') });
  const results: Result[] = [];
  await validateAll(terraform, stacks, (result) => results.push(result));
  return results;
}

test('what the provider knows is valid', async () => {
  const stack = await aStack({ bucket: 'files', force_destroy: true });

  expect(await validate(stack)).toMatchObject([{ name: 'dev-test', valid: true, remarks: [] }]);
});

test('what it does not know is named with the line, the text and the construct', async () => {
  const stack = await aStack({ force_destroy: 'perhaps', colour: 'red' });

  const [result] = await validate(stack);

  expect(result?.valid).toBe(false);
  expect(result?.remarks).toEqual([
    `error: Extraneous JSON object property in dev-test/files/bucket
  No argument or block type is named "colour".
  cdk.tf.json:19  "colour": "red"`,
    `error: Incorrect attribute value type in dev-test/files/bucket
  Inappropriate value for attribute "force_destroy": a bool is required.
  cdk.tf.json:18  "force_destroy": "perhaps",`,
  ]);
});

test('a provider with other checksums than the lock file has is refused', async () => {
  const stack = await aStack({ bucket: 'files' });
  const lock = await readFile(LOCK_FILE, 'utf8');
  const other = lock.replaceAll(/"(h1|zh):.{8}/g, '"$1:00000000');
  await writeFile(join(folder, '.terraform.lock.hcl'), other);

  const [result] = await validate(stack);

  expect(result?.valid).toBe(false);
  expect(result?.remarks.join('\n')).toMatch(
    /checksums\s+previously recorded in the dependency lock file/,
  );
});

/** `npm run validate -- <stack>` */
async function command(stack: string, environment: NodeJS.ProcessEnv = {}) {
  const program = join(import.meta.dirname, '../validate.ts');
  const env = { ...process.env, NODE_OPTIONS: '', CI: '', ...environment };
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, [program, stack], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}

test('the command says what it has read, and adds up', async () => {
  const { code, output } = await command('*-state');

  expect(output).toMatch(/^ok {6}\S+-state \(\d+\.\d s\)\n1 passed, 0 failed\n$/m);
  expect(code).toBe(0);
});

test('without Terraform all are skipped and none has passed; in CI that is a failure', async () => {
  const here = await command('*-network', { PATH: '' });
  const inCi = await command('*-network', { PATH: '', CI: 'true' });

  expect(here.output).toContain('terraform is not on the PATH');
  expect(here.output).toMatch(/^0 passed, 0 failed, \d skipped$/m);
  expect(here.code).toBe(0);
  expect(inCi.output).toContain('In CI it must run.');
  expect(inCi.code).toBe(1);
});
