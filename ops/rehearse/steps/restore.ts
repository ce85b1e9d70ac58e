/** Step: the database as it was a moment ago, in the place of the present one, under load. */
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import assert from 'node:assert/strict';
import type { Say } from '../../deployment/progress.ts';
import { presentDatabase } from '../../running/present-database.ts';
import type { Command } from '../commands.ts';
import type { Ground } from '../ground.ts';
import type { Home } from '../home.ts';
import { describeFailures } from '../outcomes.ts';
import type { Run } from '../run.ts';
import { atTerminal } from '../terminal.ts';
import { until } from '../until.ts';

const STEP = 'restore';

/** Seconds for a restore: a database, and three stacks. */
const PATIENCE = 420;

/** Seconds from the first request to the last that may fail: the switch itself. */
const WITHOUT_DATABASE = 30;

interface Scene {
  readonly run: Run;
  readonly ground: Ground;
  readonly home: Home;
  readonly say: Say;
}

export async function restore(scene: Scene): Promise<void> {
  const { run, ground, home, say } = scene;
  const { environment, ofEnvironment } = ground.stacks;
  const { checks } = run;
  say('a moment to go back to');
  const kept = await makeProduct(home, 'kept');
  const moment = new Date();
  await until({ what: 'a second has passed', seconds: 10, signal: run.signal }, () =>
    Promise.resolve(Date.now() > moment.getTime() + 1500 ? true : undefined),
  );
  const lost = await makeProduct(home, 'lost');
  await untilBackedUp(scene, moment);
  const since = Date.now();
  await checks.keep(
    STEP,
    'restore brings the database back as it was, in the place of the present one',
    () => restoreTo(scene, moment),
  );
  await excuseSwitch(scene, since);
  await checks.keep(
    STEP,
    'what was there at that moment is there, what came later is not',
    async () => {
      assert.deepEqual([await statusOf(home, kept), await statusOf(home, lost)], [200, 404]);
    },
  );
  await checks.keep(STEP, 'afterwards the plans of all stacks are empty', async () => {
    for (const name of ofEnvironment) {
      const { isEmpty, shown } = await ground.stacks.planOf(name);
      assert.ok(isEmpty, `${name}: ${shown.slice(0, 2000)}`);
    }
  });
  await checks.keep(STEP, 'the first database is kept, and --drop-old takes it away', async () => {
    const told = await run.commands.run(command(['restore', environment.name], { isShown: true }));
    assert.match(told.output, /--drop-old/);
    await run.commands.run(command(['restore', environment.name, '--drop-old', '--yes'], { say }));
  });
}

/** Backups lie behind: on AWS by minutes, here by seconds. */
function untilBackedUp({ run, ground }: Scene, moment: Date) {
  const { environment } = ground.stacks;
  const client = new RDSClient({ region: environment.region });
  const patience = { what: 'the backups reach that moment', seconds: 60, signal: run.signal };
  return until(patience, async () => {
    const question = { DBInstanceIdentifier: await presentDatabase(environment) };
    const { DBInstances } = await client.send(new DescribeDBInstancesCommand(question));
    const latest = DBInstances?.[0]?.LatestRestorableTime;
    return latest !== undefined && latest >= moment ? true : undefined;
  });
}

function restoreTo({ run, ground, say }: Scene, moment: Date) {
  const { name } = ground.stacks.environment;
  return run.commands.run(
    command(['restore', name, '--at', moment.toISOString(), '--yes'], { say }),
  );
}

function command(
  [name = '', ...args]: readonly string[],
  { say, isShown = false }: { readonly say?: Say; readonly isShown?: boolean },
): Command {
  const typed = [process.execPath, `ops/${name}.ts`, ...args] as const;
  return {
    log: `${STEP}${args.find((arg) => arg.startsWith('--')) ?? '-situation'}`,
    args: isShown ? atTerminal(typed) : [...typed],
    limit: PATIENCE,
    ...(say && { say }),
  };
}

/** For seconds there is no database to write to: those requests may fail, and no others. */
async function excuseSwitch({ run, home }: Scene, since: number): Promise<void> {
  if (!run.options.traffic) return;
  const promise = `the service was without a database for no more than ${WITHOUT_DATABASE} s`;
  await run.checks.keep(STEP, promise, async () => {
    await home.load.settled();
    const meanwhile = home.load.tally(since, Date.now());
    const [first, last] = [meanwhile.failed.at(0), meanwhile.failed.at(-1)];
    if (first === undefined || last === undefined) return;
    const seconds = (last.at - first.at) / 1000;
    run.progress.line(`${meanwhile.failed.length} requests failed within ${seconds.toFixed(1)} s`);
    assert.ok(seconds <= WITHOUT_DATABASE, describeFailures(meanwhile));
    for (const failure of meanwhile.failed) run.notes.excused.add(failure);
  });
}

/** @returns its id */
async function makeProduct({ url, shop }: Home, name: string): Promise<string> {
  const response = await fetch(`${url}/v1/products`, {
    method: 'POST',
    headers: { authorization: shop.admin.authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      sku: `restore-${name}`,
      name: `Mug ${name}`,
      price: { amount: 900, currency: shop.currency },
    }),
    signal: AbortSignal.timeout(10_000),
  });
  assert.equal(response.status, 201, await response.clone().text());
  return ((await response.json()) as { id: string }).id;
}

async function statusOf({ url }: Home, id: string): Promise<number> {
  const response = await fetch(`${url}/v1/products/${id}`, { signal: AbortSignal.timeout(10_000) });
  await response.arrayBuffer();
  return response.status;
}
