/** A lock is freed by whoever types its name, at the terminal or with the command. */
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { typedAnswer } from '../deployment/typed-answer.ts';

const NOTHING = 'nothing was deleted';

/** @param confirm what was said with `--confirm`. @throws WrongUse when that is another name */
export function requireSameName(name: string, confirm: string | undefined): void {
  if (confirm === undefined || confirm === name) return;
  throw new WrongUse(`--confirm says '${confirm}', but ${name} would be freed`);
}

/** @throws Refusal, Interrupted */
export async function askForName(
  question: string,
  name: string,
  confirm: string | undefined,
): Promise<void> {
  if (confirm === name) return;
  if (!process.stdin.isTTY) {
    throw new Refusal(`there is no terminal to ask at: add --confirm ${name}; ${NOTHING}`);
  }
  const answer = await typedAnswer(question, NOTHING);
  if (answer !== name) throw new Refusal(NOTHING);
}
