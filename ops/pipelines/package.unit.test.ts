import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { digestOf, pack, unpack } from './package.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function somePlans(): Promise<string> {
  const plans = join(folder, 'plans');
  await mkdir(plans);
  await writeFile(join(plans, 'dev-network.tfplan'), Buffer.from([0, 255, 10, 13]));
  await writeFile(join(plans, 'plans.json'), '{"version":1}');
  return plans;
}

/** Names and contents as somebody else would pack them. */
const forged = (files: object) => gzipSync(JSON.stringify({ version: 1, files }));

test('what is packed comes out as it was, for nobody else to read', async () => {
  const packed = await pack(await somePlans());
  const out = join(folder, 'out');

  await unpack(packed, digestOf(packed), out);

  expect(await readFile(join(out, 'dev-network.tfplan'))).toEqual(Buffer.from([0, 255, 10, 13]));
  expect((await stat(out)).mode & 0o777).toBe(0o700);
  expect((await stat(join(out, 'plans.json'))).mode & 0o777).toBe(0o600);
});

test('other plans than those that are meant are not unpacked', async () => {
  const packed = await pack(await somePlans());
  const other = forged({ 'plans.json': '' });
  const out = join(folder, 'out');

  await expect(unpack(other, digestOf(packed), out)).rejects.toThrow('these are other plans');
  await expect(stat(out)).rejects.toThrow('ENOENT');
});

test.each(['../escaped', 'a/b', '.npmrc', ''])('a file called %j is refused', async (name) => {
  const packed = forged({ [name]: '' });

  await expect(unpack(packed, digestOf(packed), join(folder, 'out'))).rejects.toThrow(
    'which is no plan',
  );
});

test('a folder with something in it keeps that', async () => {
  const plans = await somePlans();
  const packed = await pack(plans);

  await expect(unpack(packed, digestOf(packed), plans)).rejects.toThrow('is there already');
});

test('an empty folder, none at all, or a folder within are no plans', async () => {
  const plans = await somePlans();
  await mkdir(join(plans, 'inner'));

  await expect(pack(join(folder, 'nowhere'))).rejects.toThrow('there are no plans in');
  await expect(pack(plans)).rejects.toThrow('holds inner, which is no plan');
});
