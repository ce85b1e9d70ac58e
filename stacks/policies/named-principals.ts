/** Policies of resources name whom they let in, never everybody; to deny everybody is fine. */
import { asList, isBlock, namedValues } from './attributes.ts';
import { statementsIn, UNREADABLE } from './iam-statements.ts';
import type { Rule } from './policy.ts';

/** Arguments that hold IAM's JSON. Others that turn out to hold it are read too. */
const DOCUMENTS = new Set(['access_policies', 'assume_role_policy', 'policy', 'policy_document']);

/** Here `*` is whoever is in the VPC already. */
const INSIDE = new Set(['aws_vpc_endpoint', 'aws_vpc_endpoint_policy']);

const EVERYBODY = 'lets everybody in: name accounts, roles or services as principals, not *';

export const namedPrincipals: Rule = {
  name: 'named-principals',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      for (const [name, value] of namedValues(resource.attributes)) {
        const wrong = typeof value === 'string' ? problemOf(name, value) : undefined;
        if (wrong === undefined || INSIDE.has(resource.type)) continue;
        refuse(resource, `the ${name} of ${resource.type} ${wrong}`);
      }
    }
  },
};

function problemOf(name: string, text: string): string | undefined {
  // Of permissions, such as that to call a function.
  if (name === 'principal') return text === '*' ? EVERYBODY : undefined;
  if (!DOCUMENTS.has(name) && !text.includes('"Statement"')) return undefined;
  const statements = statementsIn(text);
  if (statements === undefined) return UNREADABLE;
  return statements.some(letsEverybodyIn) ? EVERYBODY : undefined;
}

function letsEverybodyIn(statement: unknown): boolean {
  if (!isBlock(statement) || statement['Effect'] !== 'Allow') return false;
  // Lets in whoever it does not name.
  if (statement['NotPrincipal'] !== undefined) return true;
  const principal = statement['Principal'];
  const kinds = isBlock(principal) ? Object.values(principal) : [principal];
  return kinds.flatMap(asList).includes('*');
}
