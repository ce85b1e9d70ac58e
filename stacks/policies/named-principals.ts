/** Policies of resources name whom they let in: accounts of the program, and nobody by a pattern. */
import type { Attributes } from '../written/written-stack.ts';
import type { Program } from '../written/program.ts';
import { isBlock, namedValues, valuesAt } from './attributes.ts';
import { statementsIn, UNREADABLE, wordsOf } from './iam-statements.ts';
import type { Rule } from './policy.ts';

/** Arguments that hold IAM's JSON. Others that turn out to hold it are read too. */
const DOCUMENTS = new Set(['access_policies', 'assume_role_policy', 'policy', 'policy_document']);

/** Here `*` is whoever is in the VPC already. */
const INSIDE = new Set(['aws_vpc_endpoint', 'aws_vpc_endpoint_policy']);

const EVERYBODY = 'lets everybody in: name accounts, roles or services as principals, not *';

type Accounts = ReadonlySet<unknown>;

export const namedPrincipals: Rule = {
  name: 'named-principals',
  check(stack, refuse, program) {
    const accounts = accountsOf(program);
    for (const resource of stack.resources.filter(({ type }) => !INSIDE.has(type))) {
      for (const [name, value] of namedValues(resource.attributes)) {
        if (typeof value !== 'string') continue;
        for (const wrong of new Set(problemsOf(name, value, accounts))) {
          refuse(resource, `the ${name} of ${resource.type} ${wrong}`);
        }
      }
    }
  },
};

/** Those that the providers of all stacks hold themselves to. */
function accountsOf({ stacks }: Program): Accounts {
  const providers = stacks.flatMap((stack) => stack.providers['aws'] ?? []);
  return new Set(providers.flatMap((provider) => valuesAt(provider, 'allowed_account_ids')));
}

function problemsOf(name: string, text: string, accounts: Accounts): string[] {
  // Of permissions, such as that to call a function. Services are named by their domains.
  if (name === 'principal') return text.endsWith('.amazonaws.com') ? [] : strangers(text, accounts);
  if (!DOCUMENTS.has(name) && !text.includes('"Statement"')) return [];
  const statements = statementsIn(text);
  if (statements === undefined) return [UNREADABLE];
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) => letIn(statement, accounts));
}

function letIn(statement: Attributes, accounts: Accounts): string[] {
  // Lets in whoever it does not name.
  if (statement['NotPrincipal'] !== undefined) return [EVERYBODY];
  const principal = statement['Principal'];
  if (principal === undefined) return [];
  const kinds = isBlock(principal) ? principal : { AWS: principal };
  return Object.keys(kinds).flatMap((kind) => {
    const names = wordsOf(kinds, kind);
    if (names.includes('*')) return [EVERYBODY];
    if (kind === 'Service') return [];
    // Issuers that AWS knows itself go by their domains; whose tokens are good, conditions say.
    const judged = kind === 'Federated' ? names.filter((each) => each.startsWith('arn:')) : names;
    const foreign = judged.flatMap((each) => strangers(each, accounts));
    return kind === 'Federated' ? foreign.concat(anyToken(statement)) : foreign;
  });
}

/** The whole of a name that only Terraform knows: a role or an account of this program's making. */
const REFERENCE = /^\$\{[\w.[\]-]+\}$/;
const ACCOUNT = /^(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})(?::[^*?]+)?$/;

function strangers(principal: string, accounts: Accounts): string[] {
  if (principal === '*') return [EVERYBODY];
  if (REFERENCE.test(principal)) return [];
  if (/[*?]/.test(principal)) {
    return [`lets in ${principal}, a pattern: name each role or account by itself`];
  }
  const [, account] = ACCOUNT.exec(principal) ?? [];
  if (account !== undefined && accounts.has(account)) return [];
  return [
    `lets in ${principal}, of no account of the table (stacks/environments.ts): name a role or an account of those`,
  ];
}

/** Who signs tokens for others signs them for strangers too: GitHub for every repository. */
function anyToken(statement: Attributes): string[] {
  const [equal] = valuesAt(statement, 'Condition').flatMap((condition) =>
    isBlock(condition) ? [condition['StringEquals']] : [],
  );
  const given = isBlock(equal) ? equal : {};
  return ['aud', 'sub']
    .filter((claim) => !Object.keys(given).some((key) => isExact(given, key, claim)))
    .map(
      (claim) =>
        `lets in whoever has a token with any ${claim}: add StringEquals on <issuer>:${claim}, without *`,
    );
}

function isExact(given: Attributes, key: string, claim: string): boolean {
  const values = wordsOf(given, key);
  return key.endsWith(`:${claim}`) && values.length > 0 && !values.some((one) => /[*?]/.test(one));
}
