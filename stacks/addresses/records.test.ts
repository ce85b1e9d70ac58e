import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecords, writeRecord } from './records.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ADDRESSES = new Map([
  ['key/key', 'aws_kms_key.key_key_0A1B2C3D'],
  ['key/alias', 'aws_kms_alias.key_alias_0A1B2C3D'],
]);

test('a record is a sorted line for each resource, and is read as it was written', () => {
  writeRecord('dev-database', ADDRESSES, folder);

  expect(readFileSync(join(folder, 'dev-database.json'), 'utf8')).toBe(
    `{
  "key/alias": "aws_kms_alias.key_alias_0A1B2C3D",
  "key/key": "aws_kms_key.key_key_0A1B2C3D"
}
`,
  );
  expect(readRecords(folder)).toEqual(new Map([['dev-database', ADDRESSES]]));
});

test('a stack of which nothing is left has no record', () => {
  writeRecord('dev-database', ADDRESSES, folder);

  writeRecord('dev-database', new Map(), folder);

  expect(readdirSync(folder)).toEqual([]);
});

test.each(['<<<<<<< HEAD', '{"key": "no address"}', '{"key": 1}', '[]x'])(
  'a file that is no record says what to do: %s',
  (text) => {
    writeFileSync(join(folder, 'dev-database.json'), text);

    expect(() => readRecords(folder)).toThrow(
      /stacks\/addresses\/dev-database.json is no record.*accept dev-database/,
    );
  },
);
