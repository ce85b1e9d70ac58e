import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAMS } from '../../contract.ts';
import { bundle } from './bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
beforeAll(() => bundle(folder));
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, ...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [join(folder, program), ...args], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  return { status, stderr };
}

test.each(Object.entries(PROGRAMS))('%s can be run, and says what it lacks', (_, file) => {
  const { status, stderr } = run(file, ...(file === PROGRAMS.console ? ['--who', 'me'] : []));

  expect(stderr).toMatch(/DATABASE_\w+ is missing/);
  expect(status).toBe(78);
});

test('where code was written can be read in it', async () => {
  expect(await readFile(join(folder, PROGRAMS.server), 'utf8')).toContain('// service/server.ts');
});

test('every program of the service is in it', async () => {
  const files = (await readdir('service')).filter((name) => /^[a-z-]+\.ts$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join('service', name), 'utf8')));
  const programs = files.filter((_, index) => texts[index]?.includes('if (import.meta.main)'));

  expect(Object.values(PROGRAMS).toSorted()).toEqual(
    programs.map((name) => `service/${name.replace(/ts$/, 'js')}`).toSorted(),
  );
});
