import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abandonedRuns, RunFolder, writeRecord } from './run-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'rehearsals-'));
afterAll(() => rmSync(root, { recursive: true }));

function open() {
  const folder = RunFolder.open(root);
  const pathsOfAbandoned = () => abandonedRuns(root).map(({ path }) => path);
  return { folder, pathsOfAbandoned };
}

test('a run whose process lives is nobody else’s to clean', () => {
  const { folder, pathsOfAbandoned } = open();

  expect(pathsOfAbandoned()).not.toContain(folder.path);
});

test('a run is abandoned when another process has got its number', () => {
  const { folder, pathsOfAbandoned } = open();
  const { record } = folder;
  const started = `${record.process.started}0`;

  writeRecord(folder.path, { ...record, process: { ...record.process, started } });

  expect(pathsOfAbandoned()).toContain(folder.path);
});

test('what has taken everything away is not abandoned', () => {
  const { folder, pathsOfAbandoned } = open();
  folder.noteClean();

  const { record } = folder;
  writeRecord(folder.path, { ...record, process: { ...record.process, started: 'long ago' } });

  expect(pathsOfAbandoned()).not.toContain(folder.path);
});

test('what is noted is in the record at once, and no two runs share a name', () => {
  const [first, second] = [open().folder, open().folder];

  first.note('images', 'store:one');
  first.note('registries', '127.0.0.1:4566');

  expect(first.record).toMatchObject({
    images: ['store:one'],
    registries: ['127.0.0.1:4566'],
  });
  expect(first.record.network).not.toBe(second.record.network);
  expect(first.path).not.toBe(second.path);
});
