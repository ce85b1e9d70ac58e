/** A password that the pool takes and nobody guesses. */
import { randomInt } from 'node:crypto';

/** No signs that look alike: people type it once. */
const LOWER = 'abcdefghijkmnpqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';
const ALL = LOWER + UPPER + DIGITS;

/** More than 110 bits, in groups that people can read; the pool wants 12 signs. */
const GROUPS = 4;
const GROUP = 5;

/**
 * With a lower, an upper and a digit, as the pool demands (stacks/constructs/user-pool.ts), and a
 * symbol, should it demand one later.
 */
export function generatePassword(): string {
  let password: string;
  // Choosing anew keeps each password as likely as each other.
  do {
    password = Array.from({ length: GROUPS }, generateGroup).join('-');
  } while (!/[a-z]/.test(password) || !/[A-Z]/.test(password) || !/\d/.test(password));
  return password;
}

function generateGroup(): string {
  return Array.from({ length: GROUP }, () => ALL[randomInt(ALL.length)]).join('');
}
