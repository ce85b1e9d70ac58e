import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecords, writeRecord } from './records.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const WHERE = { accountId: '123456789012', region: 'eu-central-1' };
const RECORD = {
  ...WHERE,
  addresses: new Map([
    ['key/key', 'aws_kms_key.key_key_0A1B2C3D'],
    ['key/alias', 'aws_kms_alias.key_alias_0A1B2C3D'],
  ]),
};

const asFile = (addresses: unknown) =>
  JSON.stringify({ account: '123456789012', region: 'eu-central-1', addresses });

test('a record says where, has a sorted line for each resource, and is read as it was written', () => {
  writeRecord('dev-database', RECORD, folder);

  expect(readFileSync(join(folder, 'dev-database.json'), 'utf8')).toBe(
    `{
  "account": "123456789012",
  "region": "eu-central-1",
  "addresses": {
    "key/alias": "aws_kms_alias.key_alias_0A1B2C3D",
    "key/key": "aws_kms_key.key_key_0A1B2C3D"
  }
}
`,
  );
  expect(readRecords(folder)).toEqual(new Map([['dev-database', RECORD]]));
});

test('a stack of which nothing is left has no record', () => {
  writeRecord('dev-database', RECORD, folder);

  writeRecord('dev-database', { ...WHERE, addresses: new Map() }, folder);

  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  '<<<<<<< HEAD',
  '[]x',
  '[]',
  '{}',
  'null',
  '{"key": "aws_kms_key.key"}',
  '{"addresses": {"key": "aws_kms_key.key"}}',
  asFile({}),
  asFile([]),
  asFile(undefined),
  asFile({ key: 'no address' }),
  asFile({ key: 1 }),
])('a file that is no record, or an empty one, says what to do: %s', (text) => {
  writeFileSync(join(folder, 'dev-database.json'), text);

  expect(() => readRecords(folder)).toThrow(
    /stacks\/addresses\/dev-database.json is no record.*accept dev-database/,
  );
});
