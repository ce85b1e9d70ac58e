/** Who says yes to a plan: a person at the terminal, stack by stack, or --yes for all of them. */
import { duration, type Progress, type Say } from './progress.ts';
import { Refusal } from './refusal.ts';
import type { Stack } from './stack.ts';
import { summary } from './story.ts';

/** Seconds from which on it is interesting what one waited for. */
const WORTH_TELLING = 10;

export class Approval {
  readonly #progress: Progress;
  readonly asks: boolean;

  /** @throws Refusal when there is nobody to ask */
  constructor(progress: Progress, { yes }: { readonly yes: boolean }) {
    if (!yes && !process.stdin.isTTY) {
      throw new Refusal('there is no terminal to ask at: add --yes to do without the questions');
    }
    this.#progress = progress;
    this.asks = !yes;
  }

  /** Plans the stack, asks where somebody wants to be asked, and applies that plan. */
  async apply(stack: Stack, say: Say): Promise<string> {
    const plan = await stack.plan(say);
    if (plan.isEmpty) return 'nothing to change';
    const what = summary(plan.changes);
    if (this.asks) await this.#ask(stack, plan.changes, what);
    const { address, seconds } = (await stack.apply(say)).longest();
    const longest = seconds < WORTH_TELLING ? '' : `; ${address} took ${duration(seconds)}`;
    return `${inPast(what)}${longest}`;
  }

  async #ask(
    { name }: Stack,
    changes: readonly { readonly action: string; readonly address: string }[],
    what: string,
  ): Promise<void> {
    this.#progress.line(`\n${name}: ${what}`);
    for (const { action, address } of changes)
      this.#progress.line(`  ${action.padEnd(8)}${address}`);
    if (await this.#progress.ask(`Apply this to ${name}?`)) return;
    throw new Refusal(`${name} was not applied, as you said; what was applied before stays`);
  }
}

/** `3 created, 1 replaced (…)`. */
function inPast(what: string): string {
  return what.replaceAll(/ to (create|update|delete|replace)\b/g, ' $1d');
}
