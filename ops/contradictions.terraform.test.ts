import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Before anybody is asked anything: there is no AWS in this test. */
test.each([
  ['admin dev --email ada@example.com --print-password --password-stdin', 'only one of them'],
  ['outputs dev service_url --json', '--json is for all outputs'],
  ['outputs dev one two', 'one name of an output is expected'],
  ['destroy account --of dev --yes', '--yes means nothing for an account'],
])('%s contradicts itself', (given, sentence) => {
  const [command, ...args] = given.split(' ');

  const file = join(import.meta.dirname, `${command}.ts`);
  const { status, stderr } = spawnSync('node', [file, ...args], { encoding: 'utf8', input: '' });

  expect(stderr).toContain(sentence);
  expect(status).toBe(64);
});
