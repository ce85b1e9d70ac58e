import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { whoRuns, WHOSE } from './whose-commands.ts';

test.each([
  ['apply', 'node', 'ops/release.ts', 'dev', '--yes'],
  ['apply', 'node', 'ops/rollback.ts', 'dev'],
  ['apply', 'node', 'ops/destroy.ts', 'dev', '--yes'],
  ['operator', 'node', 'ops/destroy.ts', 'account', '--of', 'dev'],
  ['operator', 'node', 'ops/admin.ts', 'dev'],
  ['apply', 'npx', 'cdktf', 'deploy', 'dev-*'],
  ['operator', 'docker', 'build', '.'],
])('%s runs %s %s', (who, ...args) => {
  expect(whoRuns(args)).toBe(who);
});

test('each command of the table is there', () => {
  const commands = Object.keys(WHOSE).filter((command) => command !== 'cdktf');

  expect(commands.filter((one) => !existsSync(join(import.meta.dirname, `../${one}.ts`)))).toEqual(
    [],
  );
});
