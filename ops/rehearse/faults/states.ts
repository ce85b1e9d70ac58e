/** The bucket of states is out of reach: before a release begins, and in the middle of an apply. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { healFaults, plantFaults } from '../../emulator/planted-faults.ts';
import { runningDigest, releaseOf } from './releases.ts';
import { fails, fault, type Scene, unlock } from './scene.ts';

/** Nothing listens there: port 9 is for discarding. */
const NOWHERE = 'http://127.0.0.1:9';

/** Our word for it: Terraform names a file of a folder that goes. */
const KEPT = /state push (\S*unwritten-states\S+)/;

export async function statesAway(scene: Scene): Promise<void> {
  const { ground } = scene;
  const { label } = ground.stacks.environment;
  const release = await releaseOf(scene);
  const before = await runningDigest(scene);
  await fault(scene, 'statesUnreachable', async () => {
    await fails(scene, release, {
      fault: 'unreachable',
      environment: { AWS_ENDPOINT_URL_S3: NOWHERE },
      says: [/the network does not get there/],
    });
    assert.equal(await runningDigest(scene), before);
  });
  await fault(scene, 'stateUnwritten', async () => {
    const output = await unwritten(scene, release);
    const file = KEPT.exec(output)?.[1] ?? '';
    await unlock(scene, `${label}-release`, 'unwritten');
    await unlock(scene, `${label}-service`, 'unwritten');
    await push(scene, `${label}-service`, file);
  });
}

/** @returns what it said */
async function unwritten(scene: Scene, release: readonly string[]): Promise<string> {
  const { path } = scene.run.folder;
  await plantFaults(path, { away: [{ service: 's3', onceSeen: 'UpdateService' }] });
  try {
    const ended = await fails(scene, release, { fault: 'unwritten', says: [KEPT] });
    return ended.output;
  } finally {
    await healFaults(path);
  }
}

/** As the message says. */
async function push({ run, ground }: Scene, stack: string, file: string): Promise<void> {
  const folder = join(ground.stacks.folder, stack);
  await (await ground.stacks.stack(stack)).connect();
  await run.commands.run({
    log: 'faults-unwritten-push',
    args: ['terraform', `-chdir=${folder}`, 'state', 'push', file],
    limit: 60,
  });
}
