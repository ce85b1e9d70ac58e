/** What an operator types on any day, against the store that stands. */
import assert from 'node:assert/strict';
import type { Say } from '../deployment/progress.ts';
import type { Run } from './run.ts';

const STEP = 'stand-up';

/** Seconds for each of them. */
const PATIENCE = 120;

export async function everyday({ checks, commands }: Run, name: string, say: Say): Promise<void> {
  const output = async (command: string, ...args: readonly string[]) => {
    const told = await commands.run({
      log: `${STEP}-${command}`,
      args: [process.execPath, `ops/${command}.ts`, name, ...args],
      limit: PATIENCE,
    });
    return told.output;
  };
  say('status, logs, outputs, admin');
  await checks.keep(STEP, 'status finds all of it well', () => output('status'));
  await checks.keep(STEP, 'logs shows what the tasks write', async () => {
    assert.match(await output('logs', '--since', '30m'), /Server listening/);
  });
  await checks.keep(STEP, 'outputs tells the address at which the store serves', async () => {
    assert.match(await output('outputs', 'service_url'), /^http:\/\/\S+\.elb\.amazonaws\.com$/m);
  });
  await checks.keep(
    STEP,
    'admin makes an administrator, and a second time changes nothing',
    async () => {
      const person = ['--email', 'operator@example.com', '--print-password'];
      assert.match(await output('admin', ...person), /shown only now/);
      assert.doesNotMatch(await output('admin', ...person), /shown only now/);
    },
  );
}
