/** The second way out: what is synthesised is plain Terraform, which needs neither Node nor us. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { environments } from '../../stacks/environments.ts';
import { find } from '../deployment/synthesis.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { execute } from '../terraform/execution.ts';
import { providerSource } from '../terraform/providers.ts';
import { refuseOutOfReach } from '../terraform/registry.ts';
import { Interrupted, NoTerraform } from '../terraform/terraform.ts';
import { makeBackend } from './backend.ts';
import { readPlan } from './plan.ts';
import type { Proof, Way } from './way.ts';

/** Seconds for one run of Terraform: the longest took 30, and machines can be busy. */
const LIMIT = 300;

export const terraformAlone: Way = {
  name: 'Terraform alone',
  prove: async (proof) => {
    const [first = ''] = Object.keys(environments);
    const { environment, account } = find(environments, first);
    const bare = await bareEnvironment(proof.folder);
    const { accountId, region } = environment;
    const emulator = await startEmulator({ accountId, region });
    try {
      await makeBackend(emulator, account);
      const shell = new BareShell(bare, emulator, join(proof.synthesised, 'stacks'));
      // Alone: two at once must not fill the cache of providers.
      await proveAccount(proof, shell, `${account.label}-state`);
      await bothWhole(
        proveAccount(proof, shell, `${account.label}-registry`),
        // Most of it is waiting, so the other one fills it.
        proveUpstreamAndDownstream(proof, shell, environment.label),
      );
    } finally {
      await emulator.stop();
    }
  },
};

/** Nothing may still be at work when the emulator is stopped. @throws the first failure */
async function bothWhole(...works: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(works);
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

function proveAccount({ check }: Proof, shell: BareShell, name: string): Promise<void> {
  return check(`${name}: terraform init and plan`, () => shell.plan(name));
}

/** What a stack needs of another is read from that one's state: it must be there. */
async function proveUpstreamAndDownstream({ check }: Proof, shell: BareShell, label: string) {
  const [network, database] = [`${label}-network`, `${label}-database`];
  await check(`${network}: terraform init, plan and apply`, async (say) => {
    const planned = await shell.plan(network);
    say('apply');
    await shell.terraform(network, 'apply', '-input=false', '-no-color', PLAN_FILE);
    return `${planned}, and they are`;
  });
  await check(`${database}: terraform init and plan, on the state of ${network}`, () =>
    shell.plan(database),
  );
}

const PLAN_FILE = 'alone.tfplan';

/** As a person's who has Terraform and nothing else of ours. */
class BareShell {
  readonly #variables: NodeJS.ProcessEnv;
  readonly #stacks: string;

  constructor(bare: NodeJS.ProcessEnv, { environment }: Emulator, stacks: string) {
    this.#variables = { ...bare, ...environment };
    this.#stacks = stacks;
  }

  /** @returns what it would create. @throws Error when it fails, or would do anything else */
  async plan(stack: string): Promise<string> {
    await this.terraform(stack, 'init', '-input=false', '-no-color', '-lockfile=readonly');
    await this.terraform(stack, 'plan', '-input=false', '-no-color', `-out=${PLAN_FILE}`);
    const { creates, others } = readPlan(
      await this.terraform(stack, 'show', '-json', '-no-color', PLAN_FILE),
    );
    if (creates === 0 || others.length > 0) {
      throw new Error(`expected only resources to create, not ${creates} and ${others.join(', ')}`);
    }
    return `${creates} resources to create`;
  }

  /** @returns its standard output. @throws Error with what it said, ProviderOutOfReach, Interrupted */
  async terraform(stack: string, ...args: readonly string[]): Promise<string> {
    const outcome = await execute('terraform', args, {
      folder: join(this.#stacks, stack),
      environment: this.#variables,
      output: 'hidden',
      limit: LIMIT,
    });
    if (outcome.signal !== undefined) throw new Interrupted(`stopped by ${outcome.signal}`);
    if (outcome.code === 0) return outcome.output;
    refuseOutOfReach(outcome.errors);
    const late = outcome.tookTooLong ? ` within ${LIMIT} s` : '';
    throw new Error(`terraform ${args[0] ?? ''} did not succeed${late}:\n${outcome.errors.trim()}`);
  }
}

/**
 * A PATH with nothing but Terraform, and no variable of Node's or npm's.
 * @throws NoTerraform, WrongMirror
 */
async function bareEnvironment(folder: string): Promise<NodeJS.ProcessEnv> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await symlink(installedTerraform(), join(bin, 'terraform'));
  const { HOME = '', TMPDIR = '/tmp' } = process.env;
  const bare = { PATH: bin, HOME, TMPDIR, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  const attempt = spawnSync('node', ['--version'], { env: bare });
  const { error }: { readonly error?: NodeJS.ErrnoException } = attempt;
  if (error?.code !== 'ENOENT') {
    throw new Error(`there is a node on ${bin}: this would prove nothing`);
  }
  const { stdout } = spawnSync('terraform', ['version', '-json'], { env: bare, encoding: 'utf8' });
  const { platform } = JSON.parse(stdout) as { platform: string };
  // Where the provider is, as somebody's own configuration of Terraform would say it.
  const source = Object.entries(await providerSource(platform));
  return { ...bare, ...Object.fromEntries(source.filter(([, value]) => value !== undefined)) };
}

function installedTerraform(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((each) => join(each, 'terraform')).find(isExecutable);
  if (found === undefined) throw new NoTerraform('terraform is not on the PATH');
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
