/** What an environment may be called: its name begins the names of its stacks and resources. */
import { PROJECT } from '../../contract.ts';
import { toEnvironment } from '../place.ts';
import { SettingsError } from '../settings-error.ts';
import type { TableEntry } from './table-entry.ts';

const NAME = /^[a-z][a-z0-9]{0,9}$/;

/** Words that stand where an environment's name stands, for what all of them share. */
const TAKEN: readonly string[] = [PROJECT, 'account', 'state', 'registry', 'shared'];

/** Words that Cognito refuses in host names, which begin with the environment's name. */
export const REFUSED_WORDS = /aws|amazon|cognito/;
export const WITHOUT_REFUSED_WORDS = "without 'aws', 'amazon' and 'cognito', which Cognito refuses";

export function nameProblems({ name, settings, isSound }: TableEntry): readonly string[] {
  const expected = `'${name}': expected an environment's name:`;
  if (!NAME.test(name))
    return [`${expected} a to z, then a to z and 0 to 9, at most 10 characters`];
  if (REFUSED_WORDS.test(name)) return [`${expected} ${WITHOUT_REFUSED_WORDS}`];
  if (TAKEN.includes(name))
    return [`${expected} none of ${TAKEN.join(', ')}, which the account has`];
  return isSound('suffix') ? lengthProblems(name, settings) : [];
}

function lengthProblems(...environment: Parameters<typeof toEnvironment>): readonly string[] {
  try {
    toEnvironment(...environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}
