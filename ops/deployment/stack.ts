/** One synthesised stack, driven by Terraform directly: its plan is saved, and exactly that is applied. */
import { basename } from 'node:path';
import { Interrupted, type Terraform } from '../terraform/terraform.ts';
import { howToSignIn } from './outside.ts';
import type { Say } from './progress.ts';
import { Refusal } from './refusal.ts';
import { type Change, Story } from './story.ts';
import { howToTakeOver, isBrokenOff } from './unfinished.ts';
import { keepUnwrittenState } from './unwritten-state.ts';

/** Seconds that a step of Terraform may take: reading, and changing (a large database takes an hour). */
const PLANNING = 600;
const APPLYING = 7200;

/** Somebody else at the same state is done within a minute or two, unless a database is made. */
const WAIT_FOR_LOCK = '-lock-timeout=5m';

/** Beside a stack's files; what lies there is applied. */
export const PLAN_FILE = 'saved.tfplan';

export interface Plan {
  /** What would change, and how; empty when nothing would. */
  readonly changes: readonly Change[];
  /** Whether anything at all is to be written, outputs included. */
  readonly isEmpty: boolean;
  /** Addresses of what a broken-off run was making; it is finished, where Terraform would make it anew. */
  readonly kept: readonly string[];
}

interface Planning {
  /** Such as `-destroy`. @default none */
  readonly extra?: readonly string[];
  /** Whether the state is locked meanwhile; needless when nothing is applied. @default true */
  readonly locks?: boolean;
}

const PLAN = ['plan', '-json', '-input=false', '-detailed-exitcode', `-out=${PLAN_FILE}`];
const APPLY = ['apply', '-json', '-input=false', WAIT_FOR_LOCK];

/** Terraform did not get to the end; the message has what it said. */
export class TerraformFailed extends Refusal {
  override readonly name = 'TerraformFailed';
}

export class Stack {
  readonly name: string;
  readonly #terraform: Terraform;
  readonly #folder: string;
  #connected: Promise<void> | undefined;

  constructor(terraform: Terraform, folder: string) {
    this.name = basename(folder);
    this.#terraform = terraform;
    this.#folder = folder;
  }

  /** Gets the providers and connects with the state, once. @throws TerraformFailed */
  connect(): Promise<void> {
    this.#connected ??= this.#connect();
    return this.#connected;
  }

  /** Keeps what a broken-off run was making, where the plan may be applied. @throws TerraformFailed, Interrupted */
  async plan(say: Say, { extra = [], locks = true }: Planning = {}): Promise<Plan> {
    const lock = locks ? WAIT_FOR_LOCK : '-lock=false';
    const plan = await this.#plan(say, [lock, ...extra]);
    const kept = locks ? plan.changes.filter(isBrokenOff).map(({ address }) => address) : [];
    for (const address of kept) await this.#keep(address, say);
    return kept.length === 0 ? plan : { ...(await this.#plan(say, [lock, ...extra])), kept };
  }

  /** Applies the plan that was made last, and nothing else; tells how it went. @throws TerraformFailed, Interrupted */
  async apply(say: Say): Promise<Story> {
    const { story } = await this.#run([...APPLY, PLAN_FILE], APPLYING, say);
    return story;
  }

  /** The plan that was made last, as `terraform show -json` tells it. @throws TerraformFailed, Interrupted */
  async shownPlan(): Promise<string> {
    const args = ['show', '-json', '-no-color', PLAN_FILE];
    const { code, output, errors } = await this.#terraform.run(this.#folder, ...args);
    if (code !== 0) throw new TerraformFailed(`${this.name}: ${errors.trim()}`);
    return output;
  }

  /** Empty before the first apply. @throws TerraformFailed, Interrupted */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    await this.connect();
    const { code, output, errors } = await this.#terraform.run(
      this.#folder,
      'output',
      '-json',
      '-no-color',
    );
    if (code !== 0) throw new TerraformFailed(`${this.name}: ${errors.trim()}`);
    const values = JSON.parse(output) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
  }

  /** Addresses of everything that its state knows. @throws TerraformFailed, Interrupted */
  async resources(): Promise<string[]> {
    await this.connect();
    const { code, output, errors } = await this.#terraform.run(this.#folder, 'state', 'list');
    if (code !== 0 && /No state file was found/.test(errors)) return [];
    if (code !== 0) throw new TerraformFailed(`${this.name}: ${errors.trim()}`);
    return output.split('\n').filter((line) => line !== '' && !line.startsWith('data.'));
  }

  async #plan(say: Say, extra: readonly string[]): Promise<Plan> {
    await this.connect();
    const { code, story } = await this.#run([...PLAN, ...extra], PLANNING, say);
    // 0: nothing to do, 2: something.
    return { changes: story.changes, isEmpty: code === 0, kept: [] };
  }

  /** Its settings are then written anew, where it would be taken away and made anew. */
  async #keep(address: string, say: Say): Promise<void> {
    say(`keeps ${address}, which a broken-off run was making`);
    const args = ['untaint', '-no-color', WAIT_FOR_LOCK, address];
    const { code, errors } = await this.#terraform.run(this.#folder, ...args);
    if (code !== 0) throw new TerraformFailed(`${this.name}: ${errors.trim()}`);
  }

  async #connect(): Promise<void> {
    const { code, errors } = await this.#terraform.init(this.#folder, '-reconfigure');
    if (code === 0) return;
    const hint = /NoSuchBucket|bucket .*does not exist/i.test(errors) ? ` (${BOOTSTRAP})` : '';
    throw new TerraformFailed(`${this.name}: terraform init does not work${hint}:\n${errors}`);
  }

  async #run(args: readonly string[], limit: number, say: Say) {
    const story = new Story(say);
    const onLine = (line: string) => story.hear(line);
    const kept = () => keepUnwrittenState(this.#folder, this.name);
    const outcome = await this.#terraform
      .follow(this.#folder, args, { limit, onLine })
      .catch(async (error: unknown) => {
        if (!(error instanceof Interrupted)) throw error;
        throw new Interrupted(`${error.message}${await kept()}`);
      });
    const { code, tookTooLong, errors } = outcome;
    const what = `${this.name}: terraform ${args[0] ?? ''}`;
    if (tookTooLong) {
      throw new TerraformFailed(
        `${what} was stopped after ${limit / 60} minutes; it waited for ${story.waitsFor()}${await kept()}`,
      );
    }
    const isPlanned = args[0] === 'plan' && code === 2;
    if (code !== 0 && !isPlanned) {
      const problems = story.problems() || errors.trim();
      throw new TerraformFailed(
        `${what} failed:\n${problems}${howToTakeOver(problems, this.name)}${howToSignIn(problems)}${await kept()}`,
      );
    }
    return { code, story };
  }
}

const BOOTSTRAP = 'the account has no bucket for states yet: npm run bootstrap -- <environment>';
