/** Who says yes: of production its name is typed, as where something is destroyed. */
import type { Environment } from '../../stacks/place.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { typedAnswer } from '../deployment/typed-answer.ts';

export interface Consent {
  /** What was said with `--confirm`. */
  readonly confirm: string | undefined;
  /** Whether `--yes` was said. */
  readonly yes: boolean;
}

/** Before anything else is done: an answer must be there, or somebody to give it. @throws Refusal, WrongUse */
export function requireConsent({ name, production }: Environment, consent: Consent): void {
  const { confirm, yes } = consent;
  if (confirm !== undefined && confirm !== name) {
    throw new WrongUse(`--confirm says '${confirm}', but ${name} is meant`);
  }
  if (isGiven(production, consent) || process.stdin.isTTY) return;
  const option = production ? `--confirm ${name}` : '--yes';
  const unseen = yes ? ` (--yes is not enough for production)` : '';
  throw new Refusal(`there is no terminal to ask at: add ${option}${unseen}`);
}

/** @param what `switch to …`. @param nothing what has not happened then. @throws Refusal, Interrupted */
export async function askConsent(
  { name, production }: Environment,
  consent: Consent,
  {
    what,
    nothing,
    signal,
  }: { readonly what: string; readonly nothing: string; readonly signal: AbortSignal },
): Promise<void> {
  if (isGiven(production, consent)) return;
  const question = production ? `Type ${name} to ${what}: ` : `Really ${what}? [y/N] `;
  const answer = await typedAnswer(question, nothing, signal);
  const agreed = production ? answer === name : /^y(es)?$/i.test(answer);
  if (!agreed) throw new Refusal(nothing);
}

function isGiven(production: boolean, { confirm, yes }: Consent): boolean {
  return confirm !== undefined || (yes && !production);
}
