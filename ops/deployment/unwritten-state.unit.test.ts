import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepUnwrittenState } from './unwritten-state.ts';

let folder: string;
const data = process.env['STORE_DATA'];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwritten-'));
  process.env['STORE_DATA'] = join(folder, 'data');
});

afterEach(async () => {
  if (data === undefined) delete process.env['STORE_DATA'];
  else process.env['STORE_DATA'] = data;
  await rm(folder, { recursive: true });
});

test('a state that could not be written is kept, for its owner alone', async () => {
  await writeFile(join(folder, 'errored.tfstate'), '{"serial":7}');

  const words = await keepUnwrittenState(folder, 'dev-service');

  const file = /state push (\S+)$/.exec(words)?.[1] ?? '';
  expect(await readFile(file, 'utf8')).toBe('{"serial":7}');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(words).toContain('npm run unlock -- dev-service');
});

test('nothing is said where every state was written', async () => {
  expect(await keepUnwrittenState(folder, 'dev-service')).toBe('');
});
