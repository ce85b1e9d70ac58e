import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findCommit, isUnchanged, LANDED } from './earlier-commit.ts';

const root = mkdtempSync(join(tmpdir(), 'earlier-commit-'));
const told = process.env['STORE_LANDED'];
beforeEach(() => delete process.env['STORE_LANDED']);
afterAll(() => {
  if (told !== undefined) process.env['STORE_LANDED'] = told;
  rmSync(root, { recursive: true, force: true });
});

const PERSON = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
const git = (folder: string, ...args: readonly string[]) =>
  execFileSync('git', [...PERSON, ...args], { cwd: folder, encoding: 'utf8' }).trim();

/** A history; each commit writes one file. @returns its folder, and the commits */
function history(name: string, ...files: readonly string[]) {
  const folder = join(root, name);
  mkdirSync(folder);
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  const commits = files.map((file, index) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), String(index));
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '--message', String(index));
    return git(folder, 'rev-parse', 'HEAD');
  });
  return { folder, commits };
}

const REPORT = 'docs/rehearsal-report.md';

test('a branch, a tag, a hash or HEAD~1 is the commit that it means', async () => {
  const { folder, commits } = history('names', 'one', 'two');
  git(folder, 'tag', '--annotate', '--message', 'first', 'v1', 'HEAD~1');
  const [first = '', second = ''] = commits;

  for (const name of ['HEAD~1', 'v1', first.slice(0, 10)]) {
    expect(await findCommit(name, folder)).toEqual({ name, commit: first });
  }
  expect(await findCommit('main', folder)).toEqual({ name: 'main', commit: second });
});

test.each(['nowhere', '--all', 'HEAD:one'])('%s is refused, with what to do', async (name) => {
  const { folder } = history(`unknown${name.replaceAll(/\W/g, '')}`, 'one');

  await expect(findCommit(name, folder)).rejects.toThrow(
    `there is no commit '${name}' here: git fetch --all --tags`,
  );
});

test('a clone without the history says how to get it', async () => {
  const { folder } = history('whole', 'one', 'two', 'three');
  const shallow = join(root, 'shallow');
  git(root, 'clone', '--quiet', '--depth', '1', pathToFileURL(folder).href, shallow);

  await expect(findCommit('HEAD~1', shallow)).rejects.toThrow('git fetch --unshallow');
});

test('a folder without history is told from one without the commit', async () => {
  const folder = mkdtempSync(join(root, 'none-'));

  await expect(findCommit('main', folder)).rejects.toThrow('this folder has none');
});

test('landed is what the report shows that was committed before the last change', async () => {
  const files = ['stacks/a.ts', REPORT, 'docs/b.md', 'service/c.ts', REPORT, 'README.md'];
  const { folder, commits } = history('landed', ...files);

  const { commit } = await findCommit(LANDED, folder);

  expect(commits.indexOf(commit)).toBe(1);
});

test('landed is the newest report where what is deployed is edited here', async () => {
  const { folder, commits } = history('edited', 'stacks/a.ts', REPORT, 'service/c.ts', REPORT);
  writeFileSync(join(folder, 'stacks/a.ts'), 'edited');

  const { commit } = await findCommit(LANDED, folder);

  expect(commits.indexOf(commit)).toBe(3);
});

test('landed is where a branch has left the main of its origin', async () => {
  const { folder, commits } = history('origin', 'one', 'two');
  const clone = join(root, 'branch');
  git(root, 'clone', '--quiet', folder, clone);
  git(clone, 'commit', '--quiet', '--allow-empty', '--message', 'ours');

  const { commit } = await findCommit(LANDED, clone);

  expect(commits.indexOf(commit)).toBe(1);
});

test('landed is what STORE_LANDED says, unless it says nothing', async () => {
  const { folder, commits } = history('told', 'stacks/a.ts', REPORT, 'service/c.ts');
  const [first = '', second = ''] = commits;

  process.env['STORE_LANDED'] = first;
  expect(await findCommit(LANDED, folder)).toEqual({ name: LANDED, commit: first });
  process.env['STORE_LANDED'] = '0'.repeat(40);
  expect(await findCommit(LANDED, folder)).toEqual({ name: LANDED, commit: second });
});

test('landed is nothing that anybody guesses', async () => {
  const { folder } = history('guess', 'stacks/a.ts');

  await expect(findCommit(LANDED, folder)).rejects.toThrow('set STORE_LANDED, or name a commit');
});

test('what is deployed may be as it was, whatever else has changed', async () => {
  const { folder, commits } = history('same', 'service/app.ts', 'docs/page.md');
  const [first = '', second = ''] = commits;

  expect(await isUnchanged({ name: LANDED, commit: first }, folder)).toBe(true);
  writeFileSync(join(folder, 'service/app.ts'), 'changed');
  expect(await isUnchanged({ name: LANDED, commit: second }, folder)).toBe(false);
});
