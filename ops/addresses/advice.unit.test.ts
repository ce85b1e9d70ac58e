import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '../deployment/stack.ts';
import { STACKS } from '../deployment/environment-stacks.ts';
import { adviceOnRecords } from './advice.ts';

const network = { name: 'dev-network' } as Stack;

const WHERE = { accountId: '123456789012', region: 'eu-central-1' };
const RECORD = { ...WHERE, addresses: new Map([['key', 'aws_kms_key.key']]) };
const RECORDS = new Map(STACKS.map((name) => [`dev-${name}`, RECORD]));

let folder: string;
const folderOf = (name: string) => join(folder, name);

beforeEach(() => {
  delete process.env['AWS_ENDPOINT_URL'];
  folder = mkdtempSync(join(tmpdir(), 'advice-'));
  for (const name of STACKS) {
    mkdirSync(folderOf(name));
    const resource = { aws_kms_key: { key: {} } };
    writeFileSync(join(folderOf(name), 'cdk.tf.json'), JSON.stringify({ resource }));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

test('nothing is due where what was applied is recorded', async () => {
  expect(await adviceOnRecords({ folderOf, network }, RECORDS)).toBeUndefined();
});

test.each([
  ['nothing is recorded', new Map()],
  ['a stack has no record', new Map([...RECORDS].slice(1))],
  ['something is new', new Map([...RECORDS, ['dev-service', { ...WHERE, addresses: new Map() }]])],
])('where %s, it is said what to run', async (_, records) => {
  expect(await adviceOnRecords({ folderOf, network }, records)).toBe(
    'npm run addresses -- accept dev',
  );
});

test('what is in an emulated AWS is not to be recorded', async () => {
  process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:4566';

  expect(await adviceOnRecords({ folderOf, network }, new Map())).toBeUndefined();
});
