import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Terraform } from '../terraform/terraform.ts';

const CANARY = 'canary-7f3a91';
const COMMAND = join(import.meta.dirname, '../review.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'review-command-'));
  await writeFile(
    join(folder, 'main.tf.json'),
    JSON.stringify({
      variable: { secret: { default: CANARY, sensitive: true } },
      resource: {
        terraform_data: {
          plain: { input: 'shown' },
          secretive: { input: '${jsonencode({ inside = var.secret })}' },
        },
      },
      output: { secret: { value: '${var.secret}', sensitive: true } },
    }),
  );
  const terraform = await Terraform.find();
  for (const args of [['init'], ['plan', '-out=saved.tfplan']]) {
    const [name = '', ...rest] = args;
    const { code, errors } = await terraform.run(folder, name, ...rest);
    if (code !== 0) throw new Error(errors);
  }
  const { output } = await terraform.run(folder, 'show', '-json', 'saved.tfplan');
  await writeFile(join(folder, 'harmless.json'), output);
  await writeFile(join(folder, 'state.json'), '{"format_version":"1.0","values":{}}');
});
afterAll(() => rm(folder, { recursive: true }));

interface End {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function run(...args: readonly string[]): Promise<End> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], { cwd: folder }, (error, output, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code), output, errors });
    });
  });
}

const PULL_REQUEST = join(import.meta.dirname, 'testing/plans/pull-request.json');
const RELEASE = join(import.meta.dirname, 'testing/engine/release.json');

test.each(['terminal', 'markdown', 'json'])(
  'a harmless plan ends with 0, and its secrets stay in it: %s',
  async (form) => {
    const { code, output } = await run('--format', form, 'harmless.json');

    expect(code).toBe(0);
    expect(output).toContain('terraform_data.secretive');
    expect(output).not.toContain(CANARY);
  },
);

test('a risky plan ends with 2, and says what must be approved', async () => {
  const { code, output } = await run(PULL_REQUEST, 'harmless.json');

  expect(code).toBe(2);
  expect(output).toMatch(/^needs approval: data-loss pull-request aws_db_instance\.postgres \(/m);
});

test('more than the image ends with 2, the image alone with 0', async () => {
  expect(await run('--only-image', RELEASE)).toMatchObject({ code: 0 });
  expect(await run('--only-image', RELEASE, PULL_REQUEST)).toMatchObject({ code: 2 });
});

test('what is no plan ends with 1 and one line, wrong use with 64', async () => {
  const noPlan = await run('state.json');

  expect(noPlan).toMatchObject({ code: 1, output: '' });
  expect(noPlan.errors).toMatch(/^review: state\.json is a state, not a plan: .*\n$/);
  expect(await run('saved.tfplan')).toMatchObject({ code: 1 });
  expect(await run()).toMatchObject({ code: 64 });
  expect(await run('--format', 'pdf', 'harmless.json')).toMatchObject({ code: 64 });
  expect(await run('harmless.json', 'harmless.json')).toMatchObject({ code: 64 });
});
