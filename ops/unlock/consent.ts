/** A lock is freed by whoever types its name, at the terminal or with the command. */
import { createInterface } from 'node:readline/promises';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { Interrupted } from '../terraform/terraform.ts';

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
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(question);
    if (answer.trim() !== name) throw new Refusal(NOTHING);
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    throw new Interrupted(NOTHING);
  } finally {
    terminal.close();
  }
}
