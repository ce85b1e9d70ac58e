import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../testing/template-database.ts';

const ROOT = join(import.meta.dirname, '../../..');

let database: TestDatabase;
let copy: string;
beforeAll(async () => {
  database = await createTestDatabase();
  // A build with one migration more.
  copy = mkdtempSync(join(tmpdir(), 'build-'));
  for (const part of ['service', 'contract.ts', 'package.json']) {
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const sql = 'ALTER TABLE products DROP COLUMN image_url;\n';
  writeFileSync(join(copy, 'service/database/migrations/9001_drop.sql'), sql);
});
afterAll(async () => {
  rmSync(copy, { recursive: true });
  await database.drop();
});

function migrate(...args: readonly string[]) {
  return spawnSync(process.execPath, ['service/migrate.ts', ...args], {
    cwd: copy,
    env: { DATABASE_URL: database.ownerUrl },
    encoding: 'utf8',
  });
}

test('the command refuses with 77, to people and to a release, and does it with --contract', () => {
  const refused = migrate();
  const done = migrate('--contract');

  expect([refused.status, done.status]).toEqual([77, 0]);
  expect(refused.stderr).toContain('9001_drop.sql:1: ALTER TABLE products DROP COLUMN image_url');
  expect(refused.stderr).not.toContain('    at ');
  const told = refused.stdout.split('\n').find((line) => line.includes('"needsContract"')) ?? '{}';
  expect(JSON.parse(told)).toMatchObject({
    needsContract: [{ file: '9001_drop.sql', line: 1, kind: 'contracts' }],
  });
  expect(done.stdout).toContain('"schema":{"build":9001,"minimumBuild":9001}');
});
