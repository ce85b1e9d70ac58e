import type { Environment } from '../../stacks/place.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { stackOutputs } from '../running/stack-outputs.ts';
import { asideAnswer } from './aside-answer.ts';
import { passwordOf } from './password.ts';
import { signIn } from './sign-in.ts';

interface Person {
  readonly email: string;
  /** Of the second factor; asked at the terminal when it is wanted and not given. */
  readonly code: string | undefined;
  /** Whether standard input holds something else than the password. */
  readonly isInputTaken?: boolean;
}

/** A token of somebody whose password is asked for. @throws WrongUse, Refusal, Interrupted */
export async function tokenOf(environment: Environment, person: Person): Promise<string> {
  const { email, code } = person;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new WrongUse(`an address such as ada@example.com is expected, not '${email}'`);
  }
  const outputs = await stackOutputs(environment, 'identity');
  const password = await passwordOf(person);
  const chooseCode = async () => code ?? askCode(email);
  return signIn(environment, { outputs, email, password, chooseCode });
}

async function askCode(email: string): Promise<string> {
  if (process.stdin.isTTY) return (await asideAnswer('Code of the second factor: ', false)).trim();
  throw new Refusal(`${email} has a second factor: give its present code with --code`);
}
