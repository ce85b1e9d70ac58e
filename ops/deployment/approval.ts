/** Who says yes to a plan: a person at the terminal, stack by stack, --yes for all of them, or a review. */
import { duration, type Progress, type Say } from './progress.ts';
import { Refusal } from './refusal.ts';
import type { Stack } from './stack.ts';
import { type Change, inPast, summary } from './story.ts';

/** Seconds from which on it is interesting what one waited for. */
const WORTH_TELLING = 10;

/** Nobody wants what a plan does; nothing of it was done. */
export class NotApproved extends Refusal {
  override readonly name: string = 'NotApproved';
}

/** A plan does what nobody has reviewed, and there is nobody to ask. */
export class Unreviewed extends NotApproved {
  override readonly name = 'Unreviewed';
}

/** @returns a line for each thing that the stack's plan does and nobody has reviewed */
export type Reviewed = (stack: Stack) => Promise<readonly string[]>;

interface Terms {
  /** Whether all plans are taken unseen. */
  readonly yes: boolean;
  /** Ends a question. */
  readonly signal?: AbortSignal;
  /** Changes that a person at the terminal must want, whatever else says yes. @default none */
  readonly mustBeSeen?: (change: Change) => boolean;
  /** Answers in everybody's place, for whatever was reviewed. @default none */
  readonly reviewed?: Reviewed | undefined;
}

export class Approval {
  readonly #progress: Progress;
  readonly asks: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #mustBeSeen: (change: Change) => boolean;
  readonly #reviewed: Reviewed | undefined;

  /** @throws Refusal when there is nobody to ask */
  constructor(progress: Progress, { yes, signal, mustBeSeen = () => false, reviewed }: Terms) {
    if (!yes && reviewed === undefined && !process.stdin.isTTY) {
      throw new Refusal('there is no terminal to ask at: add --yes to do without the questions');
    }
    this.#progress = progress;
    this.asks = !yes && process.stdin.isTTY;
    this.#signal = signal;
    this.#mustBeSeen = mustBeSeen;
    this.#reviewed = reviewed;
  }

  /** Plans the stack, asks where somebody wants to be asked, and applies that plan. */
  async apply(stack: Stack, say: Say): Promise<string> {
    const plan = await stack.plan(say);
    const kept = plan.kept.length === 0 ? '' : `; kept what was begun: ${plan.kept.join(', ')}`;
    if (plan.isEmpty) return `nothing to change${kept}`;
    const what = summary(plan.changes);
    const unseen = plan.changes.filter(this.#mustBeSeen);
    if (this.#reviewed !== undefined) await this.#requireReviewed(stack, this.#reviewed);
    const isAnswered = this.#reviewed !== undefined && unseen.length === 0;
    if (this.asks && !isAnswered) await this.#ask(stack, plan.changes, what);
    else refuseUnseen(stack, unseen);
    const { address, seconds } = (await stack.apply(say)).longest();
    const longest = seconds < WORTH_TELLING ? '' : `; ${address} took ${duration(seconds)}`;
    return `${inPast(what)}${longest}${kept}`;
  }

  async #requireReviewed(stack: Stack, reviewed: Reviewed): Promise<void> {
    const lines = await reviewed(stack);
    if (lines.length === 0) return;
    const what = `${stack.name}: nobody has reviewed this:${lines.map((one) => `\n  ${one}`).join('')}`;
    if (!this.asks) throw new Unreviewed(`${what}\nReview the plans anew, and release with that`);
    this.#progress.line(`\n${what}`);
    await this.#askFor(stack);
  }

  async #ask(stack: Stack, changes: readonly Change[], what: string): Promise<void> {
    this.#progress.line(`\n${stack.name}: ${what}`);
    for (const { action, address } of changes)
      this.#progress.line(`  ${action.padEnd(8)}${address}`);
    await this.#askFor(stack);
  }

  async #askFor({ name }: Stack): Promise<void> {
    if (await this.#progress.ask(`Apply this to ${name}?`, this.#signal)) return;
    throw new NotApproved(`${name} was not applied, as you said; what was applied before stays`);
  }
}

function refuseUnseen({ name }: Stack, unseen: readonly Change[]): void {
  if (unseen.length === 0) return;
  const list = unseen.map(({ action, address }) => `\n  ${action.padEnd(8)}${address}`).join('');
  throw new NotApproved(
    `${name}: somebody must see this first; run the command at a terminal, without --yes:${list}`,
  );
}
