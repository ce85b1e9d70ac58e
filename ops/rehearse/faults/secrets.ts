/** Trouble around the service's login: a rotation that is killed, and a secret store that is away. */
import assert from 'node:assert/strict';
import { DescribeTasksCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { wait } from '../../deployment/interruption.ts';
import { docker } from '../../emulator/containers/engine.ts';
import { healFaults, plantFaults } from '../../emulator/planted-faults.ts';
import { clusterName } from '../../running/names.ts';
import { killOneTask } from '../killed-task.ts';
import { until } from '../until.ts';
import { fails, fault, type Scene, STEP, works } from './scene.ts';

/** Seconds that the store is away, as the table says. */
const AWAY = 30;

/** Seconds in which the rotation is killed, and in which nobody wants to wait. */
const LONG_GRACE = '120';
const SHORT_GRACE = '1';

/** Between its two steps: the secret names the new login, the old one is not retired yet. */
export async function killedRotation(scene: Scene): Promise<void> {
  const { name } = scene.ground.stacks.environment;
  await fault(scene, 'rotationKilled', async () => {
    const before = await versionOf(scene);
    const rotation = fails(scene, ['rotate', name, '--grace', LONG_GRACE], {
      fault: 'killed',
      says: [/rotat/],
    });
    await Promise.all([rotation, killInGrace(scene, before)]);
    assert.notEqual(await versionOf(scene), before);
  });
  await fault(scene, 'rotationRepaired', async () => {
    const again = ['rotate', name, '--grace', SHORT_GRACE];
    await works(scene, again, { fault: 'repaired' });
  });
}

/** Tasks that run need no secret; one that starts meanwhile waits for it. */
export async function secretsAway(scene: Scene): Promise<void> {
  const { run, ground, home } = scene;
  await fault(scene, 'secretsAway', async () => {
    await plantFaults(run.folder.path, { away: [{ service: 'secretsmanager' }] });
    const killed = killOneTask(run, ground, { home, step: STEP });
    try {
      await wait(AWAY * 1000, run.signal);
    } finally {
      await healFaults(run.folder.path);
    }
    await killed;
  });
}

/** Of the application's secret, as its value is now. */
async function versionOf({ ground }: Scene): Promise<string | undefined> {
  const { stacks } = ground;
  const { application_secret_arn: SecretId } = await stacks.outputs('database');
  const client = new SecretsManagerClient({ region: stacks.environment.region });
  const { VersionIdsToStages = {} } = await client.send(
    new DescribeSecretCommand({ SecretId: String(SecretId) }),
  );
  const versions = Object.entries(VersionIdsToStages);
  return versions.find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
}

async function killInGrace(scene: Scene, before: string | undefined): Promise<void> {
  const { signal } = scene.run;
  await until({ what: 'the secret has a new version', seconds: 90, signal }, async () =>
    (await versionOf(scene)) === before ? undefined : true,
  );
  await docker('kill', await containerOfRotation(scene));
}

/** @throws Error when no rotation runs */
async function containerOfRotation({ ground }: Scene): Promise<string> {
  const { environment } = ground.stacks;
  const client = new ECSClient({ region: environment.region });
  const cluster = clusterName(environment);
  const family = `${environment.prefix}-rotate`;
  const { taskArns: tasks = [] } = await client.send(new ListTasksCommand({ cluster, family }));
  const described = await client.send(new DescribeTasksCommand({ cluster, tasks }));
  const id = described.tasks?.[0]?.containers?.[0]?.runtimeId;
  if (id === undefined) throw new Error('no rotation runs in a container');
  return id;
}
