import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asLines, compareFolders, differences, judge } from './comparison.ts';

const stack = {
  '//': { metadata: { version: '0.21.0', stackName: 'dev-network' } },
  resource: { aws_vpc: { vpc: { cidr_block: '10.10.0.0/16', tags: ['a', 'b'] } } },
};
const FILE = 'stacks/dev-network/cdk.tf.json';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'comparison-test-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function folder(name: string, files: Readonly<Record<string, unknown>>): string {
  for (const [file, content] of Object.entries(files)) {
    const path = join(root, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return join(root, name);
}

function refused(theirs: Readonly<Record<string, unknown>>): string[] {
  const lock = { 'stacks/dev-network/.terraform.lock.hcl': 'provider "x" {}' };
  const ours = folder('ours', { [FILE]: stack, 'manifest.json': { version: '0.21.0' }, ...lock });
  return asLines(judge(compareFolders(ours, folder('theirs', { ...lock, ...theirs }))).unaccepted);
}

test("only the engine's own version may differ, and the order of members", () => {
  const { resource } = stack;
  const theirs = { resource, '//': { metadata: { stackName: 'dev-network', version: '0.24.0' } } };

  expect(refused({ [FILE]: theirs, 'manifest.json': { version: '0.24.0' } })).toEqual([]);
});

test.each([
  ['a value', { cidr_block: '10.11.0.0/16', tags: ['a', 'b'] }, 'cidr_block'],
  ['a value that is gone', { tags: ['a', 'b'] }, 'cidr_block: cdktf "10.10.0.0/16", cdktn nothing'],
  ['the order of a list', { cidr_block: '10.10.0.0/16', tags: ['b', 'a'] }, 'tags.0'],
  ['one more', { cidr_block: '10.10.0.0/16', tags: ['a', 'b'], more: false }, 'more'],
])('%s is refused with its path', (_, vpc, said) => {
  const lines = refused({
    [FILE]: { ...stack, resource: { aws_vpc: { vpc } } },
    'manifest.json': { version: '0.21.0' },
  });

  expect(lines.join('\n')).toContain(`${FILE} resource.aws_vpc.vpc.${said}`);
});

test.each([
  ['a stack that is missing', {}, `${FILE} :`],
  [
    'a manifest with more',
    { [FILE]: stack, 'manifest.json': { version: '0.21.0', stacks: {} } },
    '',
  ],
  ['another lock file', { [FILE]: stack, 'stacks/dev-network/.terraform.lock.hcl': 'other' }, ''],
])('%s is refused', (_, theirs, said) => {
  const lines = refused({ 'manifest.json': { version: '0.21.0' }, ...theirs });

  expect(lines).not.toEqual([]);
  expect(lines.join('\n')).toContain(said);
});

test('an empty list is not an empty object, and null is not nothing', () => {
  expect(differences({ a: [], b: null }, { a: {}, b: undefined })).toHaveLength(2);
});
