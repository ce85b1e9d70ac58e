/** Policies of IAM as they are written into Terraform's JSON. */
import { asList, isBlock } from './attributes.ts';
import { readJson } from './json-text.ts';
import type { Attributes } from '../written/written-stack.ts';

/** What may not be judged because nobody can read it before Terraform does. */
export const UNREADABLE = 'is known to Terraform only: write it with policyDocument()';

/** The statements of a document. @returns undefined for what only Terraform can read */
export function statementsIn(document: unknown): Attributes[] | undefined {
  const read = typeof document === 'string' ? readJson(document) : undefined;
  if (!isBlock(read)) return undefined;
  return asList(read['Statement']).filter(isBlock);
}

/** One or many, as IAM lets it be written. */
export function wordsOf(statement: Attributes, key: string): string[] {
  return asList(statement[key]).filter((word) => typeof word === 'string');
}
