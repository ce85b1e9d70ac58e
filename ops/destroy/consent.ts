/** Nobody destroys by mistake: a yes, or for what many live from, its name. */
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { typedAnswer } from '../deployment/typed-answer.ts';

const NOTHING = 'nothing was destroyed';

export interface Consent {
  /** What must be typed; without it a yes is enough. */
  readonly typed?: string | undefined;
  /** What was said with `--confirm`. */
  readonly confirm: string | undefined;
  /** Whether `--yes` was said. */
  readonly yes: boolean;
}

/** Before anything else is done: an answer must be there, or somebody to give it. @throws Refusal, WrongUse */
export function requireConsent({ typed, confirm, yes }: Consent, name = typed): void {
  if (confirm !== undefined && confirm !== name) {
    throw new WrongUse(`--confirm says '${confirm}', but ${name ?? ''} would be destroyed`);
  }
  if (isGiven({ typed, confirm, yes }) || process.stdin.isTTY) return;
  const option = typed === undefined ? '--yes' : `--confirm ${typed}`;
  throw new Refusal(`there is no terminal to ask at: add ${option} to do without the question`);
}

/** Asks, unless the answer was given with the command. @throws Refusal, Interrupted */
export async function askConsent(consent: Consent, signal?: AbortSignal): Promise<void> {
  if (isGiven(consent)) return;
  const { typed } = consent;
  const answer = await typedAnswer(
    typed === undefined ? 'Destroy all of it? [y/N] ' : `Type ${typed} to destroy all of it: `,
    NOTHING,
    signal,
  );
  const agreed = typed === undefined ? /^y(es)?$/i.test(answer) : answer === typed;
  if (!agreed) throw new Refusal(NOTHING);
}

function isGiven({ typed, confirm, yes }: Consent): boolean {
  // Where a name must be typed a yes is not enough.
  return typed === undefined ? yes || confirm !== undefined : confirm === typed;
}
