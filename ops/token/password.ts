/** A person's password: from wherever it is not written down. */
import { text } from 'node:stream/consumers';
import { Refusal } from '../deployment/refusal.ts';
import { asideAnswer } from './aside-answer.ts';

export interface PasswordSource {
  readonly email: string;
  /** Whether standard input holds something else. */
  readonly isInputTaken?: boolean;
}

/** STORE_PASSWORD, or standard input, or typed unseen. @throws Refusal, Interrupted */
export async function passwordOf({ email, isInputTaken = false }: PasswordSource): Promise<string> {
  const given = process.env['STORE_PASSWORD'] ?? '';
  if (given !== '') return given;
  const [typed = ''] = process.stdin.isTTY
    ? [await asideAnswer(`Password of ${email}: `, true)]
    : (isInputTaken ? '' : await text(process.stdin)).split(/\r?\n/);
  if (typed !== '') return typed;
  throw new Refusal(
    `there is no password of ${email}: type it at a terminal, give it on standard input, or set STORE_PASSWORD`,
  );
}
