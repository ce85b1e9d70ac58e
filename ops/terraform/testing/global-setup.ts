/** Before all tests with real Terraform: are it, its provider and the emulated AWS at hand? */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedPython, NoEmulator } from '../../emulator/installation.ts';
import { lockedProviders } from '../locked-providers.ts';
import { ProviderOutOfReach } from '../registry.ts';
import { NoTerraform, Terraform } from '../terraform.ts';

/** @throws Error when something is missing in CI, where these tests must run */
export default async function setUp(): Promise<void> {
  try {
    await tryProvider(await Terraform.find());
    await installedPython();
  } catch (error) {
    const isMissing = [NoTerraform, ProviderOutOfReach, NoEmulator].some(
      (kind) => error instanceof kind,
    );
    if (!isMissing || process.env['CI'] === 'true') throw error;
    process.stderr.write(`skipped: ${(error as Error).message}\n`);
    process.env['SKIP_TERRAFORM_TESTS'] = 'true';
  }
}

/** With the lock file in the folder Terraform takes no other one. */
async function tryProvider(terraform: Terraform): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'provider-'));
  try {
    const required = lockedProviders().map(({ source, version }) => [
      source.split('/').at(-1),
      { source, version },
    ]);
    const body = { terraform: { required_providers: Object.fromEntries(required) as object } };
    await writeFile(join(folder, 'main.tf.json'), JSON.stringify(body));
    await copyFile(
      join(import.meta.dirname, '../../../stacks/.terraform.lock.hcl'),
      join(folder, '.terraform.lock.hcl'),
    );
    const { code, errors } = await terraform.init(folder);
    if (code !== 0) throw new Error(errors);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
