/** What an operator types on any day, against the store that stands. */
import assert from 'node:assert/strict';
import type { Say } from '../deployment/progress.ts';
import type { Run } from './run.ts';
import { atTerminal } from './terminal.ts';

/** Seconds for each of them. */
const PATIENCE = 120;

const OPERATOR = 'operator@example.com';

/** Those of rare days are tried in later steps; that they tell what they are, here. */
const COMMANDS = ['rotate', 'restore', 'promote', 'releases', 'token', 'call', 'psql'];

interface Further {
  /** As a person runs it. @default plain, as a pipeline does */
  readonly inTerminal?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  /** The exit code that it must end with. @default 0 */
  readonly code?: number;
}

interface Scene {
  /** Of the environment. */
  readonly name: string;
  /** What it is a part of. */
  readonly step: 'stand-up' | 'upgrade';
  readonly say: Say;
}

export async function everyday(
  { checks, commands }: Run,
  { name, step, say }: Scene,
): Promise<void> {
  const output = async (typed: readonly string[], further: Further = {}): Promise<string> => {
    const { inTerminal = false, environment = {}, code = 0 } = further;
    const [command = '', ...args] = typed;
    const typedArgs = [process.execPath, `ops/${command}.ts`, ...args] as const;
    const run = {
      log: `${step}-${command}`,
      args: inTerminal ? atTerminal(typedArgs) : ([...typedArgs] as [string, ...string[]]),
      limit: PATIENCE,
      environment,
    };
    const ended = await commands.end(run);
    assert.equal(ended.code, code, `it ended with ${ended.code}; ${commands.story(run, ended)}`);
    return ended.output;
  };
  const keep = (promise: string, work: () => Promise<void>) => checks.keep(step, promise, work);
  say('status, logs, outputs, releases');
  await keep('status finds all of it well', async () => {
    await output(['status', name]);
  });
  await keep('logs shows what the tasks write', async () => {
    assert.match(await output(['logs', name, '--since', '30m']), /Server listening/);
  });
  await keep('outputs tells the address at which the store serves', async () => {
    const told = await output(['outputs', name, 'service_url']);
    assert.match(told, /^http:\/\/\S+\.elb\.amazonaws\.com$/m);
  });
  await keep('releases lists what was released, in a terminal and plain', async () => {
    assert.match(await output(['releases', name]), /succeeded/);
    assert.match(await output(['releases', name], { inTerminal: true }), /succeeded/);
  });
  await keep('each command tells what it is for', async () => {
    for (const command of COMMANDS) {
      assert.match(await output([command, '--help']), new RegExp(`^Usage: npm run .*${command} `));
    }
  });
  say('admin, token, call, psql');
  await asSomebody(name, output, keep);
  await keep('psql asks the database, and changes nothing by itself', async () => {
    const sql = ['psql', name, '--command'];
    const update = 'UPDATE products SET stock = 0';
    assert.match(await output([...sql, '\\dt'], { inTerminal: true }), /stock_changes/);
    assert.match(await output([...sql, update], { code: 1 }), /25006/);
  });
}

type Output = (typed: readonly string[], further?: Further) => Promise<string>;
type Keep = (promise: string, work: () => Promise<void>) => Promise<unknown>;

async function asSomebody(name: string, output: Output, keep: Keep): Promise<void> {
  let password = '';
  await keep('admin makes an administrator, and a second time changes nothing', async () => {
    const person = ['admin', name, '--email', OPERATOR, '--print-password'];
    const told = await output(person);
    assert.match(told, /shown only now/);
    password = /shown only now: (\S+)/.exec(told)?.[1] ?? '';
    assert.doesNotMatch(await output(person), /shown only now/);
  });
  await keep('token signs the administrator in, and call asks as them', async () => {
    const environment = { STORE_PASSWORD: password };
    const as = ['--email', OPERATOR];
    assert.match(await output(['token', name, ...as], { environment }), /^ey\S+$/m);
    const call = ['call', name, 'GET', '/v1/orders?limit=1', '--as', OPERATOR];
    assert.match(await output(call, { environment }), /"items"/);
    const anonymous = ['call', name, 'GET', '/v1/products?limit=1'];
    assert.match(await output(anonymous, { inTerminal: true }), /"items"/);
  });
}
