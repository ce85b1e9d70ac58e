/** The synthesised stacks of an environment and of its account, as the rehearsal looks at them. */
import { join } from 'node:path';
import { environments } from '../../stacks/environments.ts';
import type { Account, Environment } from '../../stacks/place.ts';
import { STACKS } from '../deployment/environment-stacks.ts';
import { Stack } from '../deployment/stack.ts';
import { find, synthesise } from '../deployment/synthesis.ts';
import { Terraform } from '../terraform/terraform.ts';

const SILENT = () => undefined;

export class Stacks {
  readonly environment: Environment;
  readonly account: Account;
  readonly folder: string;
  readonly #opened = new Map<string, Stack>();
  #planner: NodeJS.ProcessEnv | undefined;

  /** @param outdir for what is synthesised. @throws SettingsError, WrongUse */
  static async synthesise(name: string, outdir: string): Promise<Stacks> {
    const { environment, account } = find(environments, name);
    return new Stacks({ environment, account }, await synthesise(environments, outdir));
  }

  private constructor(
    { environment, account }: { environment: Environment; account: Account },
    folder: string,
  ) {
    this.environment = environment;
    this.account = account;
    this.folder = folder;
  }

  /** Keys of who looks at the environment's stacks, and locks none. @default this process's own */
  set planner(keys: NodeJS.ProcessEnv) {
    this.#planner = keys;
    // Some may have been opened by somebody else.
    this.#opened.clear();
  }

  /** Of the account first, then in the order in which they are applied. */
  get names(): string[] {
    return [...this.ofAccount, ...this.ofEnvironment];
  }

  get ofAccount(): string[] {
    return ['state', 'registry'].map((part) => `${this.account.label}-${part}`);
  }

  get ofEnvironment(): string[] {
    return STACKS.map((part) => `${this.environment.label}-${part}`);
  }

  /** Connected with the state of its bucket by whoever this process is then. @throws NoTerraform */
  async stack(name: string): Promise<Stack> {
    const opened = this.#opened.get(name);
    if (opened !== undefined) return opened;
    const terraform = await Terraform.find(this.#isPlanners(name) ? this.#planner : {});
    const stack = this.#opened.get(name) ?? new Stack(terraform, join(this.folder, name));
    this.#opened.set(name, stack);
    return stack;
  }

  /** @param part such as `service`. @throws TerraformFailed */
  async outputs(part: string): Promise<Readonly<Record<string, unknown>>> {
    const stack = await this.stack(`${this.environment.label}-${part}`);
    return stack.outputs();
  }

  /**
   * What a plan would change, as `terraform show -json` tells it.
   * @throws TerraformFailed, Error when something was made in part only
   */
  async planOf(name: string): Promise<{ readonly isEmpty: boolean; readonly shown: string }> {
    const stack = await this.stack(name);
    const locks = !this.#isPlanners(name);
    const { isEmpty, kept } = await stack.plan(SILENT, { locks });
    if (kept.length > 0) throw new Error(`${name}: made in part only: ${kept.join(', ')}`);
    if (isEmpty) return { isEmpty, shown: '{}' };
    return { isEmpty, shown: await stack.shownPlan() };
  }

  #isPlanners(name: string): boolean {
    return this.#planner !== undefined && this.ofEnvironment.includes(name);
  }
}
