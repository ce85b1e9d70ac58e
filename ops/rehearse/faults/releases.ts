/** Releases that meet each other, are killed, or lose their keys half-way. */
import assert from 'node:assert/strict';
import { readDigest } from '../../running/digest.ts';
import { readRecords, writeRecord } from '../../running/records.ts';
import { describeService, digestOf } from '../../running/service.ts';
import { plantFaults } from '../../emulator/planted-faults.ts';
import { newKeys } from '../operator-role.ts';
import { fails, fault, isKilled, type Scene, unlock, works } from './scene.ts';

/** Lines of a release: when it has its lock and is at work, and when the schema is new. */
const AT_WORK = /^ok +\S+-network\b/;
const MIGRATED = /^ok +migration runs\b/;
/** The image is in the registry, and nothing is changed yet. */
const PREPARED = /^ok +image\b/;

/** Two at once, and the first is killed after the migration and before the service. */
export async function killedRelease(scene: Scene): Promise<void> {
  const { ground } = scene;
  const { environment } = ground.stacks;
  const { label } = environment;
  const release = await releaseOf(scene);
  const title = 'killed';
  const before = await runningDigest(scene);
  await fault(scene, 'twoReleases', async () => {
    let second: Promise<unknown> | undefined;
    const refused = () =>
      fails(scene, release, { fault: 'second', says: [/another release is at work/, /since/] });
    await isKilled(scene, release, {
      fault: title,
      killedAt: MIGRATED,
      onLine: (line) => {
        if (AT_WORK.test(line)) second ??= refused();
      },
    });
    assert.ok(second, 'the first was never at work');
    await second;
  });
  await fault(scene, 'killedRelease', async () => {
    assert.equal(await runningDigest(scene), before);
    assert.notEqual(await readDigest(environment), before, 'it was killed too early');
  });
  await fault(scene, 'keptLock', async () => {
    await fails(scene, release, {
      fault: `${title}-again`,
      says: [new RegExp(`npm run unlock -- ${label}-release`)],
    });
    await unlock(scene, `${label}-release`, title);
    // Terraform may have been reading the service's state in that moment.
    await unlock(scene, `${label}-service`, title);
  });
}

/** The keys of a role end when its session does, whatever is under way. */
export async function expiredKeys(scene: Scene): Promise<void> {
  const { run, ground } = scene;
  const { environment } = ground.stacks;
  const title = 'expired';
  const before = await runningDigest(scene);
  await fault(scene, 'expiredKeys', async () => {
    const keys = await newKeys(ground);
    await fails(scene, await releaseOf(scene), {
      fault: title,
      environment: keys,
      says: [/expired/, /sign in again/],
      onLine: (line) => {
        if (!PREPARED.test(line)) return;
        void plantFaults(run.folder.path, { expired: [keys['AWS_ACCESS_KEY_ID'] ?? ''] });
      },
    });
    assert.equal(await runningDigest(scene), before);
  });
  // It cannot give back what it holds with keys that are over.
  await unlock(scene, `${environment.label}-release`, title);
}

/** After all of them: a promotion that nothing happens to, where there is an environment to take it from. */
export async function releaseAtLast(scene: Scene): Promise<void> {
  const { environment } = scene.ground.stacks;
  await fault(scene, 'afterAll', async () => {
    const from = await servedElsewhere(scene);
    const typed =
      from === undefined ? await releaseOf(scene) : ['promote', from, environment.name, '--yes'];
    await works(scene, typed, { fault: 'last', inTerminal: true });
    assert.equal(await runningDigest(scene), await readDigest(environment));
  });
}

/**
 * As if the second image had served well there: a rehearsal has one environment only.
 * @returns the other one's name; undefined where none shares the account
 */
async function servedElsewhere({ run, ground }: Scene): Promise<string | undefined> {
  const { environment, account } = ground.stacks;
  const other = account.environments.find(({ name }) => name !== environment.name);
  if (other === undefined) {
    run.notes.leftOut.push('no promotion: the account has no other environment');
    return undefined;
  }
  const records = await readRecords(environment);
  const present = await readDigest(environment);
  const record = records.find(
    ({ kind, outcome, digest }) =>
      kind === 'release' && outcome === 'succeeded' && digest !== present,
  );
  if (record === undefined) throw new Error('no other image than the present one served well');
  await writeRecord(other, record);
  return other.name;
}

/** What took something away cannot be gone back from. */
export async function contraction(scene: Scene): Promise<void> {
  const { ground } = scene;
  const { environment } = ground.stacks;
  const { name } = environment;
  const { contracting } = (await ground.images) ?? { contracting: '' };
  await fault(scene, 'contraction', async () => {
    const release = ['release', name, '--yes', '--contract', '--image', contracting];
    await works(scene, release, { fault: 'contraction' });
    const present = await readDigest(environment);
    await fails(scene, ['rollback', name, '--yes'], {
      fault: 'contraction',
      says: [/the schema needs build 9002/],
    });
    assert.equal(await readDigest(environment), present);
  });
}

/** What is typed to release the second image. */
export async function releaseOf({ ground }: Scene): Promise<string[]> {
  const { second } = (await ground.images) ?? { second: '' };
  return ['release', ground.stacks.environment.name, '--yes', '--image', second];
}

/** What ECS runs, whatever is recorded. */
export async function runningDigest({ ground }: Scene): Promise<string | undefined> {
  const { environment } = ground.stacks;
  const service = await describeService(environment);
  return service && digestOf(environment, service.taskDefinition);
}
