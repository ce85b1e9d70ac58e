/** What the emulated AWS still lists when all should be gone. */
import type { Place } from './aws-question.ts';
import { LISTS } from './leftover-lists.ts';
import { networkLeftovers } from './network-leftovers.ts';

/** What stays on purpose. */
const STAYS: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /^iam role AWSServiceRole/, reason: 'made and kept by AWS for its services' },
  { pattern: /^kms alias alias\/aws\//, reason: "AWS's own" },
  { pattern: /^scheduler schedule group default$/, reason: 'every account has it' },
  { pattern: /^cloudwatch log group \/aws\/ecs\/containerinsights/, reason: 'made by ECS' },
];

/** @returns a line for each. @throws Error when a service does not answer */
export async function leftovers(place: Place): Promise<string[]> {
  const kinds = Object.entries({ ...LISTS, part_of_the_network: networkLeftovers });
  const found = await Promise.all(
    kinds.map(async ([kind, list]) => {
      const what = kind.replace(/^aws_/, '').replaceAll('_', ' ');
      const names = await list(place).catch((error: unknown) => {
        throw new Error(`nobody can say what is left (${what}): ${(error as Error).message}`);
      });
      return names.map((name) => `${what} ${name}`);
    }),
  );
  return found.flat().filter((line) => !STAYS.some(({ pattern }) => pattern.test(line)));
}
