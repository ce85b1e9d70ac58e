import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressedAt, addressedStacks } from '../../stacks/addresses/addressed.ts';
import { compare, type Comparison } from '../../stacks/addresses/comparison.ts';
import { readRecords, type Records } from '../../stacks/addresses/records.ts';
import { aProgram, type Layout, recordsOf } from '../../stacks/addresses/testing/a-program.ts';
import { accept } from './accept.ts';
import { requireGone } from './chosen.ts';

const FIRST = { 'a/key': 'aws_kms_key', 'a/route': 'aws_route' };
const WITHOUT = { 'b/route': 'aws_route' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function comparisons(layout: Layout, records: Records = new Map()): Comparison[] {
  return compare(addressedStacks(aProgram({ database: layout })), records, []);
}

const recorded = () => recordsOf(aProgram({ database: FIRST }));
const paths = () => [...(readRecords(folder).get('dev-database')?.addresses.keys() ?? [])];

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
    expect(paths()).toEqual(['b/route']);
  }
});

test.each(['dev', 'dev-database'])('%s that is in no program any more has no record', (gone) => {
  accept(comparisons(FIRST), { gone: [], folder });
  const those = compare([], recorded(), []);

  requireGone(those, [gone]);
  const lines = accept(those, { gone: [gone], folder });

  expect(lines).toEqual(['stacks/addresses/dev-database.json: removed']);
  expect(readRecords(folder)).toEqual(new Map());
});

test('a path that nobody recorded is not said to be gone', () => {
  const those = comparisons(FIRST, recorded());

  expect(() => requireGone(those, ['dev-database/b'])).toThrow('is not recorded there');
});

test.each(['dev', 'dev-database', 'dev-database/a', 'dev-database/a/key'])(
  '%s is not said to be gone while the program writes it',
  (gone) => {
    const asked = () => requireGone(comparisons(FIRST, recorded()), [gone]);

    expect(asked).toThrow(`--gone ${gone}: the program still writes dev-database/a/key`);
    expect(asked).toThrow('accept with --from-state instead');
  },
);

test('what only moved is not gone, and what has its place now does not keep it', () => {
  const move = { stack: 'database', from: 'a', to: 'b' };
  const after = addressedStacks(
    aProgram({ database: { 'b/key': 'aws_kms_key', 'b/route': 'aws_route' } }),
  );
  const moved = compare(after, recorded(), [move]);
  const bucket = comparisons({ ...FIRST, 'a/key': 'aws_s3_bucket' }, recorded());

  expect(() => requireGone(moved, ['dev-database/a'])).toThrow('the program still writes');
  expect(() => requireGone(bucket, ['dev-database/a/key'])).not.toThrow();
  accept(bucket, { gone: ['dev-database/a/key'], folder });
  expect(paths()).toEqual(['a/key', 'a/route']);
});

test('with the state asked, what exists is recorded, wherever it is', () => {
  const [key, route] = [addressedAt('aws_kms_key', 'a/key'), addressedAt('aws_route', 'b/route')];
  const written = { ...WITHOUT, 'b/log': 'aws_cloudwatch_log_group' };
  const states = new Map([['dev-database', new Set([key.address, route.address])]]);

  accept(comparisons(written, recorded()), { gone: [], states, folder });

  // The key is still there, and the log is not made yet.
  expect(paths()).toEqual(['a/key', 'b/route']);
});

test('what was recorded and never made is dropped when the state is asked', () => {
  const states = new Map([['dev-database', new Set<string>()]]);

  const lines = accept(comparisons(WITHOUT, recorded()), { gone: [], states, folder });

  expect(lines).toEqual(['stacks/addresses/dev-database.json: removed']);
});
