import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { PROJECT } from '../../contract.ts';
import { environments, TEMPLATE_ACCOUNT } from '../../stacks/environments.ts';
import { credentialsOf } from '../emulator/emulator.ts';
import { EmulatedAccount } from './testing/emulated-account.ts';

const OTHER = '999999999999';

let account: EmulatedAccount;
beforeAll(async () => {
  account = await EmulatedAccount.open('100000000004');
});
afterAll(() => account.close());

/** Whoever runs the tests may have rights in a real account: not here. */
const NOBODY = {
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  AWS_SESSION_TOKEN: '',
  AWS_PROFILE: '',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: '',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '',
  AWS_WEB_IDENTITY_TOKEN_FILE: '',
  // Nobody listens there.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
};

/** `npm run bootstrap -- <args>`, where there is no terminal and no account. */
async function command(...args: readonly string[]) {
  const program = join(import.meta.dirname, '../bootstrap.ts');
  const env = { ...process.env, ...NOBODY, NODE_OPTIONS: '' };
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    const done = execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
    done.stdin?.end();
  });
}

test("the template's account is refused with the place to change", async () => {
  // AWS itself, which is not asked.
  const environment = { AWS_ENDPOINT_URL: '' };
  const { code, output } = await account.run('ada', { accountId: TEMPLATE_ACCOUNT, environment });

  expect(output).toContain('account, 000000000000: write yours into stacks/environments.ts');
  expect(code).toBe(1);
});

test('an unknown environment is refused with those that there are', async () => {
  const { code, output } = await command('live', '--yes');

  expect(output).toContain(
    `no environment 'live' in stacks/environments.ts, but ${Object.keys(environments).join(', ')}`,
  );
  expect(code).toBe(64);
});

test('without an environment it says how it is used', async () => {
  const { code, output } = await command();

  expect(output).toContain('Usage: npm run bootstrap');
  expect(code).toBe(64);
});

test('credentials of another account are refused before anything is made', async () => {
  const { code, output } = await account.run('ada', { environment: credentialsOf(OTHER) });

  expect(output).toContain(
    `these credentials are of the account ${OTHER} (arn:aws:iam::${OTHER}:root), but stacks/environments.ts says ${account.accountId} for dev`,
  );
  expect(code).toBe(1);
  expect(await account.keys()).toEqual([]);
});

test('missing credentials are said in one line', async () => {
  const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

  const { code, output } = await account.run('ada', { environment: none });

  expect(output).toMatch(/bootstrap: there are no AWS credentials \(.*\): sign in again.*\n$/);
  expect(code).toBe(1);
});

test('credentials that have expired are said to have', async () => {
  const sts = createServer((_, answer) => answer.writeHead(403).end(EXPIRED)).listen(
    0,
    '127.0.0.1',
  );
  await once(sts, 'listening');
  const { port } = sts.address() as AddressInfo;
  const environment = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };

  const { code, output } = await account.run('ada', { environment });
  sts.close();

  expect(output).toMatch(/bootstrap: the AWS credentials have expired: sign in again.*\n$/);
  expect(code).toBe(1);
});

/** As STS answers. */
const EXPIRED = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>
  <Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token is too old</Message>
</Error></ErrorResponse>`;

test('without a terminal nobody can be asked', async () => {
  const { code, output } = await account.run('ada', { asks: true });

  expect(output).toContain('there is no terminal to ask at: add --yes');
  expect(code).toBe(1);
});

test('whoever was overtaken by another run is told which key to give up', async () => {
  const used = await account.makeKey(`alias/${PROJECT}-state`);
  const resources = [{ type: 'aws_kms_key', instances: [{ attributes: { id: 'my-own-key' } }] }];
  await mkdir(account.machine('late'), { recursive: true });
  const file = join(account.machine('late'), 'terraform.tfstate');
  await writeFile(file, JSON.stringify({ resources }));

  const { code, output } = await account.run('late');

  expect(output).toContain(`alias/${PROJECT}-state is ${used}`);
  expect(output).toContain(
    'aws kms schedule-key-deletion --region eu-central-1 --key-id my-own-key',
  );
  expect(output).toContain(`rm '${file}'`);
  expect(code).toBe(1);
});

test("another account's bucket is refused, and the way out is said", async () => {
  await account.s3(OTHER).send(
    new CreateBucketCommand({
      Bucket: account.bucket,
      CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
    }),
  );

  const { code, output } = await account.run('ada');

  expect(output).toContain(`the bucket name ${account.bucket} is another account's`);
  expect(output).toContain('STORE_STATE_BUCKET=<name>');
  expect(output).not.toContain('2/4');
  expect(code).toBe(1);
});
