/** Statements, spread over as many policies as AWS's limits ask for. */
import { policyDocument, type Statement } from '../constructs/policy-document.ts';

/** Characters of a managed policy, and policies of a role. AWS raises only the second. */
const LONGEST = 6144;
const MOST = 10;

/**
 * In the order of the statements, each policy as full as it gets.
 * @throws Error when they do not fit
 */
export function policiesOf(role: string, statements: readonly Statement[]): string[] {
  const policies: Statement[][] = [];
  for (const statement of statements) {
    const last = policies.at(-1);
    if (last !== undefined && fits([...last, statement])) last.push(statement);
    else policies.push([statement]);
  }
  const tooLong = policies.find((policy) => !fits(policy));
  if (tooLong !== undefined) {
    const { length } = policyDocument(...tooLong);
    const [first = ''] = tooLong[0]?.actions ?? [];
    throw new Error(
      `${role}: its statement that begins with ${first} has ${length} characters, and a policy at most ${LONGEST}: give some of its actions a narrower scope (stacks/pipelines/scopes.ts)`,
    );
  }
  if (policies.length > MOST) {
    throw new Error(
      `${role} needs ${policies.length} policies, and a role has at most ${MOST}: name less in stacks/pipelines/actions`,
    );
  }
  return policies.map((policy) => policyDocument(...policy));
}

/** AWS does not count white space, and `policyDocument` writes none outside of words. */
function fits(policy: readonly Statement[]): boolean {
  return policyDocument(...policy).length <= LONGEST;
}
