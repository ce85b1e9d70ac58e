import { existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../deployment/refusal.ts';
import { inPlaceOf } from './folder.ts';
import { PLANS_FILE, plansFile } from './plans-file.ts';

let parent: string;
let out: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'plans-test-'));
  out = join(parent, 'dev');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const inPlace = (work: (folder: string) => Promise<void>, environment = 'dev') =>
  inPlaceOf({ out, environment }, work);
const plansOf = (commit: string, environment = 'dev') =>
  plansFile({ environment, commit, made: 'now', terraform: '1', stacks: [] });
const write = (commit: string) => (folder: string) =>
  writeFile(join(folder, PLANS_FILE), plansOf(commit));
const written = () => readFile(join(out, PLANS_FILE), 'utf8');

test('new plans take the place of those before, and nothing else is left', async () => {
  await inPlace(write('one'));
  await inPlace(write('two'));

  await expect(written()).resolves.toBe(plansOf('two'));
  await expect(readdir(parent)).resolves.toEqual(['dev']);
  expect((await stat(out)).mode & 0o777).toBe(0o700);
});

test('a run that is broken off leaves the plans of before whole', async () => {
  await inPlace(write('one'));

  const brokenOff = inPlace(async (folder) => {
    await write('half')(folder);
    throw new Error('stopped');
  });

  await expect(brokenOff).rejects.toThrow('stopped');
  await expect(written()).resolves.toBe(plansOf('one'));
  await expect(readdir(parent)).resolves.toEqual(['dev']);
});

test('a folder of something else is left alone', async () => {
  await mkdir(out);
  await writeFile(join(out, 'thesis.txt'), 'mine');

  await expect(inPlace(write('one'))).rejects.toThrow('holds something else than plans');
  expect(existsSync(join(out, 'thesis.txt'))).toBe(true);
});

test("neither another environment's plans nor what lies beside plans is taken away", async () => {
  await inPlace(write('one'));
  await expect(inPlace(write('two'), 'prod')).rejects.toThrow('holds plans of dev');
  await writeFile(join(out, 'review.json'), '{}');
  await inPlace(write('two'));
  await writeFile(join(out, 'notes.txt'), 'mine');

  await expect(inPlace(write('three'))).rejects.toThrow('holds notes.txt beside plans');
  await expect(written()).resolves.toBe(plansOf('two'));
});

test('of two at once the one that ends last stays, whole', async () => {
  await inPlace(async (folder) => {
    await write('slow')(folder);
    await inPlace(write('fast'));
  });

  await expect(written()).resolves.toBe(plansOf('slow'));
  await expect(readdir(parent)).resolves.toEqual(['dev']);
});

test('a link stays, and no plans of before stay behind it', async () => {
  const behind = join(parent, 'behind');
  await mkdir(behind);
  await symlink(behind, out);
  await inPlace(write('one'));
  await inPlace(write('two'));

  await expect(realpath(out)).resolves.toBe(await realpath(behind));
  await expect(written()).resolves.toBe(plansOf('two'));
  await expect(readdir(parent)).resolves.toEqual(['behind', 'dev']);
});

test('where it cannot be written, a sentence says so', async () => {
  const full = inPlace(() =>
    Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
  );

  await expect(full).rejects.toThrow(Refusal);
  await expect(full).rejects.toThrow('cannot be written (no space left on device): make room');
});

test('what a killed run left yesterday goes, and nothing else that is called alike', async () => {
  for (const folder of ['.dev-killed/made', '.dev-server/mine', '.dev-atwork/made']) {
    await mkdir(join(parent, folder), { recursive: true });
  }
  for (const old of ['.dev-killed', '.dev-server']) await utimes(join(parent, old), 0, 0);
  await inPlace(write('one'));

  await expect(readdir(parent)).resolves.toEqual(['.dev-atwork', '.dev-server', 'dev']);
});
