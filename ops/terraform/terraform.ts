/** The `terraform` of this machine, with the providers that are at hand. */
import { execute, type Execution, type Outcome } from './execution.ts';
import { providerSource } from './providers.ts';
import { refuseOutOfReach } from './registry.ts';

/** It came with the lock in S3 (`use_lockfile`). */
const OLDEST = '1.11';

/** There is none that can run these stacks; the message says what to do. */
export class NoTerraform extends Error {
  override readonly name = 'NoTerraform';
}

/** Somebody asked us to stop; Terraform has ended in order. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Seconds; `init` may have to bring a provider of 150 MB first. */
const MOMENT = 900;

/** In no run of ours: questions to the maker, and settings that would move data or state. */
const QUIET = {
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  TF_DATA_DIR: undefined,
  TF_WORKSPACE: undefined,
};

/**
 * How much Go's memory may grow before it is cleared, in percent: reading the provider's schema
 * takes most of a run, and a fourth less so, for 70 MB.
 */
const FASTER = { GOGC: '400' };

export class Terraform {
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  /** @param environment beside what is set. @throws NoTerraform, WrongMirror */
  static async find(environment: NodeJS.ProcessEnv = {}): Promise<Terraform> {
    const source = await providerSource(await platformOfInstalled());
    return new Terraform({ ...FASTER, ...process.env, ...QUIET, ...source, ...environment });
  }

  /**
   * Gets a stack's providers, whose checksums must be those of the lock file beside it, and
   * connects it with its state.
   * @throws ProviderOutOfReach, Interrupted
   */
  async init(folder: string, ...args: readonly string[]): Promise<Outcome> {
    const fixed = ['-input=false', '-no-color', '-lockfile=readonly'];
    const outcome = await this.run(folder, 'init', ...fixed, ...args);
    if (outcome.code !== 0) refuseOutOfReach(outcome.errors);
    return outcome;
  }

  /** Nothing is shown; for what only reads, or takes a moment. @throws Interrupted */
  async run(folder: string, ...args: readonly string[]): Promise<Outcome> {
    const outcome = await this.#execute(args, { folder, output: 'hidden', limit: MOMENT });
    if (!outcome.tookTooLong) return outcome;
    const errors = `${outcome.errors}\nterraform ${args[0] ?? ''} was stopped after ${MOMENT / 60} minutes`;
    return { ...outcome, errors };
  }

  /**
   * Nothing is shown; each line is told as it comes, for commands that write JSON lines.
   * @param limit seconds; then Terraform is asked to stop, and the outcome says so
   * @throws Interrupted
   */
  follow(
    folder: string,
    args: readonly string[],
    { limit, onLine }: { readonly limit: number; readonly onLine: (line: string) => void },
  ): Promise<Outcome> {
    return this.#execute(args, { folder, output: 'hidden', limit, onLine });
  }

  /** Shows what it does; attended, a person may answer its question. @throws Interrupted */
  show(folder: string, attended: boolean, ...args: readonly string[]): Promise<Outcome> {
    return this.#execute(args, { folder, output: attended ? 'attended' : 'shown' });
  }

  async #execute(
    args: readonly string[],
    execution: Omit<Execution, 'environment'>,
  ): Promise<Outcome> {
    const environment = this.#environment;
    const outcome = await execute('terraform', args, { ...execution, environment });
    if (outcome.signal !== undefined) throw new Interrupted(`stopped by ${outcome.signal}`);
    return outcome;
  }
}

/** @returns such as `linux_amd64`, which need not be Node's own */
async function platformOfInstalled(): Promise<string> {
  const environment = { ...process.env, ...QUIET, TF_CLI_CONFIG_FILE: undefined };
  const options = { folder: import.meta.dirname, environment, output: 'hidden' } as const;
  const { output } = await execute('terraform', ['version', '-json'], options).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && error.syscall?.startsWith('spawn') === true)
        throw new NoTerraform(`terraform is not on the PATH: ${INSTALL}`);
      throw error;
    },
  );
  const { terraform_version: version, platform } = JSON.parse(output) as Record<string, string>;
  if (version === undefined || platform === undefined || isOlder(version, OLDEST)) {
    throw new NoTerraform(`terraform ${version ?? 'of an unknown version'} is too old: ${INSTALL}`);
  }
  return platform;
}

const INSTALL = `install ${OLDEST} or newer, https://developer.hashicorp.com/terraform/install`;

function isOlder(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, 'en', { numeric: true }) < 0;
}
