import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { changesOf, write } from './tree.ts';

const names = { from: 'old-shop', to: 'acme', labels: ['dev'] };
const files = {
  '.gitignore': 'node_modules/\n# ours\n.env\n*.log\n',
  LICENSE: 'the old-shop authors',
  'README.md': 'a\n# old-shop\n',
  'contract.ts': "export const PROJECT = 'old-shop';\n",
  'docs/deploy.md': 'old-shop-dev\n',
  '.ci/run': 'IMAGE=old-shop \n',
  'picture.png': 'old-shop\0',
  'node_modules/x/README.md': 'old-shop',
  'stacks/node_modules/x.md': 'old-shop',
  '.env': 'old-shop',
  'some.log': 'old-shop',
  'other.md': 'nothing\n',
  'ops/rename/example.ts': 'old-shop',
};

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rename-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: path === '.ci/run' ? 0o755 : 0o644 });
  }
});
afterEach(() => rmSync(root, { recursive: true }));

function textsNow(): Record<string, string> {
  const entries = Object.keys(files).map((path) => [path, readFileSync(join(root, path), 'utf8')]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const expected = {
  ...files,
  'README.md': 'a\n# acme\n',
  'contract.ts': "export const PROJECT = 'acme';\n",
  'docs/deploy.md': 'acme-dev\n',
  '.ci/run': 'IMAGE=acme \n',
};

test('the name is changed in all texts of the repository, and in nothing else', () => {
  write(root, changesOf(root, names));

  expect(textsNow()).toEqual(expected);
  expect(statSync(join(root, '.ci/run')).mode & 0o777).toBe(0o755);
});

test('what would change is known before, and where', () => {
  const changes = changesOf(root, names);

  expect(changes.find(({ path }) => path === 'README.md')?.lines).toEqual([
    { number: 2, text: '# acme' },
  ]);
  expect(textsNow()).toEqual(files);
});

test('interrupted anywhere, a second run finishes', () => {
  const changes = changesOf(root, names);

  for (const [done] of changes.entries()) {
    write(root, changes.slice(0, done));
    // The old name is read from here, so it has to be the last.
    expect(textsNow()['contract.ts']).toBe(files['contract.ts']);
  }
  write(root, changesOf(root, names));

  expect(textsNow()).toEqual(expected);
});
