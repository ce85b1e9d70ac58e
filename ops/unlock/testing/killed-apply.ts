/** Terraform that was killed while it held the lock of its state. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EmulatedDev } from '../../running/testing/emulated-dev.ts';
import { Terraform } from '../../terraform/terraform.ts';

/** Milliseconds: the longest that anything here waits for something. */
const PATIENCE = 30_000;

/** @param key of the state in the bucket. @returns the folder of the configuration */
export async function aKilledApply(
  { emulator, environment }: EmulatedDev,
  key: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unlock-test-'));
  const { stateBucket: bucket, region } = environment;
  const begun = join(folder, 'begun');
  const command = `touch '${begun}'; sleep 30`;
  const configuration = {
    terraform: { backend: { s3: { bucket, key, region, use_lockfile: true } } },
    resource: { terraform_data: { slow: { provisioner: [{ 'local-exec': { command } }] } } },
  };
  await writeFile(join(folder, 'main.tf.json'), JSON.stringify(configuration));
  const terraform = await Terraform.find(emulator.environment);
  const { code, errors } = await terraform.run(folder, 'init', '-input=false');
  if (code !== 0) throw new Error(errors);
  const apply = spawn('terraform', ['apply', '-auto-approve', '-input=false'], {
    cwd: folder,
    env: { ...process.env, ...emulator.environment, CHECKPOINT_DISABLE: '1' },
    stdio: 'ignore',
    detached: true,
  });
  const ended = once(apply, 'close');
  const deadline = performance.now() + PATIENCE;
  while (!existsSync(begun)) {
    if (performance.now() > deadline || apply.exitCode !== null) throw new Error('nothing began');
    await wait(20);
  }
  // The group, with the shell that Terraform started.
  process.kill(-(apply.pid ?? Number.NaN), 'SIGKILL');
  await ended;
  return folder;
}
