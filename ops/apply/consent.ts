/** Who says yes to plans: a yes is enough, unless the review wants the environment's name. */
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { typedAnswer } from '../deployment/typed-answer.ts';

export interface Consent {
  /** Of the environment. */
  readonly name: string;
  /** What was said with `--confirm`. */
  readonly confirm: string | undefined;
  readonly yes: boolean;
}

const NOTHING = 'nothing was applied';

/** @param approvals what somebody must want by name; none needs a yes only. @throws Refusal, WrongUse, Interrupted */
export async function askConsent(
  { name, confirm, yes }: Consent,
  approvals: readonly string[],
): Promise<void> {
  if (confirm !== undefined && confirm !== name) {
    throw new WrongUse(`--confirm says '${confirm}', but ${name} would be changed`);
  }
  const isTyped = approvals.length > 0;
  // Where a name must be typed a yes is not enough.
  if (confirm === name || (yes && !isTyped)) return;
  const wants = approvals.map((one) => `\n  ${one}`).join('');
  if (!process.stdin.isTTY) throw nobodyToAsk(name, wants);
  const answer = isTyped ? await typed(name, wants) : await typedAnswer(yesOrNo(name), NOTHING);
  if (!(isTyped ? answer === name : /^y(es)?$/i.test(answer))) throw new Refusal(NOTHING);
}

function nobodyToAsk(name: string, wants: string): Refusal {
  return new Refusal(
    wants === ''
      ? 'there is no terminal to ask at: add --yes to do without the question'
      : `these plans need a named approval, and there is no terminal to give it at: add --confirm ${name}${wants}`,
  );
}

function typed(name: string, wants: string): Promise<string> {
  console.log(`These need a named approval:${wants}`);
  return typedAnswer(`Type ${name} to apply all of it: `, NOTHING);
}

const yesOrNo = (name: string) => `Apply this to ${name}? [y/N] `;
