/** Somebody deleted an image that is wanted again. */
import assert from 'node:assert/strict';
import { BatchDeleteImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import { readDigest } from '../../running/digest.ts';
import { repositoryName } from '../../running/names.ts';
import { readRecords } from '../../running/records.ts';
import { fails, fault, type Scene } from './scene.ts';

export async function imageGone(scene: Scene): Promise<void> {
  const { environment } = scene.ground.stacks;
  const { name, region } = environment;
  await fault(scene, 'imageGone', async () => {
    const present = await readDigest(environment);
    const records = await readRecords(environment);
    const earlier = records.find(
      ({ outcome, digest }) => outcome === 'succeeded' && digest !== present,
    );
    const imageDigest = earlier?.digest ?? '';
    await new ECRClient({ region }).send(
      new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }),
    );
    await fails(scene, ['rollback', name, '--yes'], {
      fault: 'gone',
      says: [new RegExp(imageDigest), /registry/],
    });
    assert.equal(await readDigest(environment), present);
  });
}
