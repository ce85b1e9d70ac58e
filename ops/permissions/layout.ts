/** What roles may do, and answers to questions, as text for people. */
import type { Place } from './arns.ts';
import { beyondBoundary } from './boundary.ts';
import type { Answer } from './ask.ts';
import type { Decision } from './evaluator/may-role.ts';
import type { Policy } from './evaluator/policy.ts';
import type { Role } from './roles.ts';
import {
  labelled,
  type Shortened,
  statementLines,
  trustLines,
  wrapped,
} from './statement-lines.ts';

/** A paragraph for each role. Names in the place's own account and region are written without them. */
export function asText(roles: readonly Role[], place: Place): string {
  const shortened = shorteningIn(place);
  const head = `In account ${place.accountId}, ${place.region}, unless an ARN says otherwise:`;
  return [
    head,
    ...roles.map((role) => paragraph(role, shortened)),
    ...boundariesOf(roles).map((boundary) => boundaryParagraph(boundary, shortened)),
  ].join('\n\n');
}

/** Yes or no, the statement that decides, and what it was decided on. */
export function decisionText(answer: Answer): string {
  return [...verdictLines(answer), ...unsaidLines(answer)].join('\n');
}

function verdictLines({ allowed, by, because }: Decision): string[] {
  const answer = allowed ? 'yes' : 'no';
  if (because === 'implicit deny') return [`${answer}: ${NOT_ALLOWED[by]}`];
  const statement = statementLines(because.statement, (arn) => arn);
  return [`${answer}: ${by} '${because.policy}'`, ...statement];
}

function unsaidLines({ fromStacks, absent }: Answer): string[] {
  const known = Object.entries(fromStacks).map(([key, value]) => `${key}=${value}`);
  return [
    ...(known.length === 0 ? [] : [`as the stacks have it: ${known.join(', ')}`]),
    ...absent.map((key) => `answered as if absent: ${key}; give it with --with`),
  ];
}

/** By what was missing. */
const NOT_ALLOWED: Readonly<Record<Decision['by'], string>> = {
  'no policy': 'no policy allows it',
  'identity policy': "none of the role's policies allows it",
  'resource policy': "the role's policy allows it, the resource's own had to and does not",
  boundary: "a policy allows it, but it is beyond the role's boundary",
  'session policy': "a policy allows it, but it is beyond the session's policy",
  'explicit deny': 'it is denied',
};

function paragraph(role: Role, shortened: Shortened): string {
  const { name, path, description, trust, policies, unknownPolicies } = role;
  return [
    name,
    `  ${path}`,
    ...(description === '' ? [] : [`  ${description}`]),
    ...trust.statements.flatMap((each) => trustLines(each, shortened)),
    ...policies.flatMap(({ statements }) =>
      statements.flatMap((each) => statementLines(each, shortened)),
    ),
    ...unknownPolicies.flatMap((arn) => labelled('may', [`whatever ${arn} allows`])),
    ...boundaryLines(role, shortened),
  ].join('\n');
}

/** Each once. */
function boundariesOf(roles: readonly Role[]): Policy[] {
  const byName = new Map(
    roles.flatMap(({ boundary }) => (boundary === undefined ? [] : [[boundary.name, boundary]])),
  );
  return [...byName.values()];
}

function boundaryParagraph({ name, statements }: Policy, shortened: Shortened): string {
  const head = [name, '  the boundary: whatever their policies say, roles with it'];
  return [...head, ...statements.flatMap((each) => statementLines(each, shortened))].join('\n');
}

function boundaryLines({ policies, boundary }: Role, shortened: Shortened): string[] {
  if (boundary === undefined) return labelled('boundary', ['none']);
  const beyond = beyondBoundary(policies, boundary).map(
    ({ action, resource }) => `${action} on ${shortened(resource)}`,
  );
  const effect = beyond.length === 0 ? 'it takes away none of this' : 'it takes away:';
  return labelled('boundary', [`${boundary.name}: ${effect}`, ...wrapped(beyond)]);
}

/** `arn:aws:ssm:eu-central-1:123456789012:parameter/one` is `ssm parameter/one`. */
function shorteningIn({ accountId, region }: Place): Shortened {
  const ours = new RegExp(`^arn:aws:([^:]+):(?:${region})?:(?:${accountId})?:`);
  return (arn) => arn.replace(ours, '$1 ');
}
