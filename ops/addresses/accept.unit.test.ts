import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressedAt, addressedStacks } from '../../stacks/addresses/addressed.ts';
import { compare, type Comparison } from '../../stacks/addresses/comparison.ts';
import { readRecords, type Records } from '../../stacks/addresses/records.ts';
import { aProgram, type Layout, recordsOf } from '../../stacks/addresses/testing/a-program.ts';
import { accept } from './accept.ts';
import { requireRecorded } from './chosen.ts';

const FIRST = { 'a/key': 'aws_kms_key', 'a/role': 'aws_iam_role' };
const WITHOUT = { 'b/role': 'aws_iam_role' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function comparisons(layout: Layout, records: Records = new Map()): Comparison[] {
  return compare(addressedStacks(aProgram({ database: layout })), records, []);
}

const recorded = () => recordsOf(aProgram({ database: FIRST }));
const paths = () => [...(readRecords(folder).get('dev-database')?.keys() ?? [])];

test('what the code says is recorded', () => {
  const lines = accept(comparisons(FIRST), { gone: [], folder });

  expect(lines).toEqual(['stacks/addresses/dev-database.json: 2 resources, 2 added, 0 dropped']);
  expect(readRecords(folder)).toEqual(recorded());
});

test('what may not be lost is not dropped before it is named', () => {
  const acceptAll = (gone: string[]) => accept(comparisons(WITHOUT, recorded()), { gone, folder });

  expect(() => acceptAll([])).toThrow('--gone dev-database/a/key');
  expect(() => acceptAll(['dev-database/a/ke'])).toThrow('--gone dev-database/a/key');
  expect(paths()).toEqual([]);
  for (const gone of ['dev-database/a/key', 'dev-database/a']) {
    acceptAll([gone]);
    expect(paths()).toEqual(['b/role']);
  }
});

test.each(['dev', 'dev-database'])('%s that is destroyed has no record', (gone) => {
  accept(comparisons(FIRST), { gone: [], folder });

  const lines = accept(comparisons(FIRST, recorded()), { gone: [gone], folder });

  expect(lines).toEqual(['stacks/addresses/dev-database.json: removed']);
  expect(readRecords(folder)).toEqual(new Map());
});

test('a path that nobody recorded is not said to be gone', () => {
  const those = comparisons(FIRST, recorded());

  expect(() => requireRecorded(those, ['dev-database/b'])).toThrow('is not recorded there');
  expect(() => requireRecorded(those, ['dev-database/a', 'dev'])).not.toThrow();
});

test('with the state asked, what exists is recorded, wherever it is', () => {
  const [key, role] = [addressedAt('aws_kms_key', 'a/key'), addressedAt('aws_iam_role', 'b/role')];
  const written = { ...WITHOUT, 'b/log': 'aws_cloudwatch_log_group' };
  const states = new Map([['dev-database', new Set([key.address, role.address])]]);

  accept(comparisons(written, recorded()), { gone: [], states, folder });

  // The key is still there, and the log is not made yet.
  expect(paths()).toEqual(['a/key', 'b/role']);
});

test('what was recorded and never made is dropped when the state is asked', () => {
  const states = new Map([['dev-database', new Set<string>()]]);

  const lines = accept(comparisons(WITHOUT, recorded()), { gone: [], states, folder });

  expect(lines).toEqual(['stacks/addresses/dev-database.json: removed']);
});
