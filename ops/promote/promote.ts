/** A promotion: what served well in one environment is released in another, the same bits. */
import type { Environment } from '../../stacks/place.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { find } from '../deployment/synthesis.ts';
import { typedAnswer } from '../deployment/typed-answer.ts';
import { release } from '../release/release.ts';
import { type Choice, chooseImage } from './choice.ts';

interface Promotion extends Choice {
  readonly yes: boolean;
  /** Whether migrations may contract, or lock a large table. */
  readonly contract: boolean;
  /** The name that would be typed for production. */
  readonly confirm: string | undefined;
  /** File of a review, which answers instead of a person. @default none */
  readonly reviewed?: string | undefined;
}

/** @throws Refusal, WrongUse, TerraformFailed, Interrupted */
export async function promote(promotion: Promotion): Promise<void> {
  const { table, from, to, yes, contract, confirm, reviewed } = promotion;
  const { environment } = find(table, to);
  requireConsent(environment, confirm);
  const promoted = await chooseImage(promotion);
  const { digest, commit } = promoted;
  console.log(`from ${from} to ${to}: ${digest}, commit ${commit}`);
  await askConsent(environment, confirm);
  await release({ table, name: to, yes, seed: false, contract, promoted, reviewed });
}

const NOTHING = 'nothing was promoted';

/** Before anything is asked of AWS. @throws Refusal, WrongUse */
function requireConsent({ name, production }: Environment, confirm: string | undefined): void {
  if (confirm !== undefined && confirm !== name) {
    throw new WrongUse(`--confirm says '${confirm}', but ${name} would get the image`);
  }
  if (!production || confirm === name || process.stdin.isTTY) return;
  throw new Refusal(
    `${name} is production, and there is no terminal to type its name at: add --confirm ${name}`,
  );
}

/** Two names are soon exchanged. @throws Refusal, Interrupted */
async function askConsent({ name, production }: Environment, confirm: string | undefined) {
  if (!production || confirm === name) return;
  const answer = await typedAnswer(`Type ${name} to release it there: `, NOTHING);
  if (answer !== name) throw new Refusal(NOTHING);
}
