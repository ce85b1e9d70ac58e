import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from '../../service/database/migration-guard/judge.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { ReleaseRecord } from '../running/records.ts';
import { needsContract, requireContract } from './contracting.ts';
import type { ReleaseOptions } from './release.ts';

const options = { table: [], name: 'trial', yes: true, seed: false } as unknown as ReleaseOptions;
const released = (build: number) =>
  [{ kind: 'release', schema: { build, minimumBuild: 1 } }] as unknown as ReleaseRecord[];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  writeFileSync(join(folder, '0001_old.sql'), 'CREATE TABLE things (id int, note text)');
  writeFileSync(join(folder, '0002_drop.sql'), 'ALTER TABLE things DROP COLUMN note');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('what contracts is told before anything is built', async () => {
  const releasing = requireContract(released(1), options, folder);

  await expect(releasing).rejects.toThrow('0002_drop.sql:1: ALTER TABLE things DROP COLUMN note');
});

test.each([
  ['it is there already', released(2), {}],
  ['all is new', released(0), {}],
  ['somebody said yes', released(1), { contract: true }],
  ['the image comes from elsewhere', released(1), { image: 'somebody/store' }],
  ['nobody knows what is migrated', [], {}],
  ['a release since failed', [{ kind: 'release' } as ReleaseRecord, ...released(1)], {}],
])('the migration itself is asked when %s', async (_, records, more) => {
  await expect(requireContract(records, { ...options, ...more }, folder)).resolves.toBeUndefined();
});

test('our own migrations hold up no release', async () => {
  await expect(requireContract(released(0), options)).resolves.toBeUndefined();
});

test('the refusal names the command that allows it, and the page that explains it', async () => {
  const sql = 'DROP TABLE products;';

  const refusal = needsContract(await judge([{ file: '0009_drop.sql', sql }]), 'trial');

  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal.message).toContain('0009_drop.sql:1: DROP TABLE products');
  expect(refusal.message).toContain('npm run release -- trial --contract');
  const page = /docs\/runbooks\/\S+\.md/.exec(refusal.message)?.[0] ?? '';
  expect(readFileSync(page, 'utf8')).toContain('--contract');
});
