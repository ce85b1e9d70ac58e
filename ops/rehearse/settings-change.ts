/** A setting of the running shop: orders of one line only, for a while. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { PROJECT, SETTINGS_PARAMETER } from '../../contract.ts';
import type { Ground } from './ground.ts';
import type { Home } from './home.ts';
import type { Run } from './run.ts';
import { runningTasks } from './tasks.ts';
import { until } from './until.ts';

/** Seconds: the tasks look every 30. */
const PATIENCE = 60;

/** Refusals in a row: with several tasks behind the door none is left that has not heard of it. */
const IN_A_ROW = 12;

/** @throws Error when a task still takes orders of two lines after a minute, or was replaced */
export async function changeSettings(run: Run, { stacks }: Ground, home: Home): Promise<void> {
  const { label, region } = stacks.environment;
  const Name = `/${PROJECT}/${label}/${SETTINGS_PARAMETER}`;
  const client = new SSMClient({ region });
  const { Parameter: before } = await client.send(new GetParameterCommand({ Name }));
  const write = (Value: string) =>
    client.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
  const tasks = await taskArns(stacks);
  await write(JSON.stringify({ maxOrderLines: 1 }));
  try {
    const what = `${IN_A_ROW} orders of two lines in a row are refused`;
    await until({ what, seconds: PATIENCE, signal: run.signal }, () => allRefused(home));
    assert.deepEqual(await taskArns(stacks), tasks, 'there are other tasks, which read it at once');
  } finally {
    await write(before?.Value ?? '{}');
  }
}

async function taskArns({ environment }: Ground['stacks']): Promise<string[]> {
  const tasks = await runningTasks(environment);
  return tasks.map(({ taskArn = '' }) => taskArn).toSorted();
}

async function allRefused(home: Home): Promise<true | undefined> {
  for (let asked = 0; asked < IN_A_ROW; asked += 1) {
    if ((await orderOfTwoLines(home)) !== 400) return undefined;
  }
  return true;
}

/** @returns the status, 0 without an answer */
async function orderOfTwoLines({ url, shop }: Home): Promise<number> {
  const lines = shop.productIds.map((productId) => ({ productId, quantity: 1 }));
  try {
    const response = await fetch(`${url}/v1/orders`, {
      method: 'POST',
      headers: {
        authorization: shop.customer.authorization,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ lines }),
      signal: AbortSignal.timeout(5000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    // The steady load counts failures; this only asks what holds.
    return 0;
  }
}
