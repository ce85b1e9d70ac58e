/** Who says yes to a plan: a person at the terminal, stack by stack, or --yes for all of them. */
import { duration, type Progress, type Say } from './progress.ts';
import { Refusal } from './refusal.ts';
import type { Stack } from './stack.ts';
import { type Change, inPast, summary } from './story.ts';

/** Seconds from which on it is interesting what one waited for. */
const WORTH_TELLING = 10;

interface Terms {
  /** Whether all plans are taken unseen. */
  readonly yes: boolean;
  /** Ends a question. */
  readonly signal?: AbortSignal;
  /** Changes that nobody may take unseen. @default none */
  readonly mustBeSeen?: (change: Change) => boolean;
}

export class Approval {
  readonly #progress: Progress;
  readonly asks: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #mustBeSeen: (change: Change) => boolean;

  /** @throws Refusal when there is nobody to ask */
  constructor(progress: Progress, { yes, signal, mustBeSeen = () => false }: Terms) {
    if (!yes && !process.stdin.isTTY) {
      throw new Refusal('there is no terminal to ask at: add --yes to do without the questions');
    }
    this.#progress = progress;
    this.asks = !yes;
    this.#signal = signal;
    this.#mustBeSeen = mustBeSeen;
  }

  /** Plans the stack, asks where somebody wants to be asked, and applies that plan. */
  async apply(stack: Stack, say: Say): Promise<string> {
    const plan = await stack.plan(say);
    const kept = plan.kept.length === 0 ? '' : `; kept what was begun: ${plan.kept.join(', ')}`;
    if (plan.isEmpty) return `nothing to change${kept}`;
    const what = summary(plan.changes);
    if (this.asks) await this.#ask(stack, plan.changes, what);
    else this.#refuseUnseen(stack, plan.changes);
    const { address, seconds } = (await stack.apply(say)).longest();
    const longest = seconds < WORTH_TELLING ? '' : `; ${address} took ${duration(seconds)}`;
    return `${inPast(what)}${longest}${kept}`;
  }

  #refuseUnseen({ name }: Stack, changes: readonly Change[]): void {
    const unseen = changes.filter(this.#mustBeSeen);
    if (unseen.length === 0) return;
    const list = unseen.map(({ action, address }) => `\n  ${action.padEnd(8)}${address}`).join('');
    throw new Refusal(
      `${name}: somebody must see this first; run the command at a terminal, without --yes:${list}`,
    );
  }

  async #ask({ name }: Stack, changes: readonly Change[], what: string): Promise<void> {
    this.#progress.line(`\n${name}: ${what}`);
    for (const { action, address } of changes)
      this.#progress.line(`  ${action.padEnd(8)}${address}`);
    if (await this.#progress.ask(`Apply this to ${name}?`, this.#signal)) return;
    throw new Refusal(`${name} was not applied, as you said; what was applied before stays`);
  }
}
