import { Testing } from 'cdktf';
import { addStore } from '../../stacks/store.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { Program } from '../../stacks/written/program.ts';
import { withNames } from '../permissions/known-names.ts';
import { trustDifferences } from './trust.ts';

const github = {
  repository: 'octo-org/store',
  ownerId: '123456',
  repositoryId: '456789',
  provider: 'create',
} as const;
const dev = anEnvironment('dev', { github });
const ISSUER = 'token.actions.githubusercontent.com';

const app = Testing.app();
addStore(app, [dev]);
const program = Program.of(app);

/** As the stacks write it. */
function written(pipeline: string): string {
  const [document = '{}'] = program.stacks.flatMap((stack) =>
    stack.resources
      .filter(({ attributes: { name } }) => name === `${dev.prefix}-${pipeline}`)
      .map(({ attributes }) => withNames(program, stack, String(attributes['assume_role_policy']))),
  );
  return document;
}

interface Statement {
  Principal: unknown;
  Action: unknown;
  Condition: Record<string, Record<string, unknown>>;
}

type Change = (statement: Statement, all: unknown[]) => void;

function changed(change: Change): string {
  const document = JSON.parse(written('apply')) as { Statement: [Statement, ...unknown[]] };
  change(document.Statement[0], document.Statement);
  return JSON.stringify(document);
}

test.each(['plan', 'apply'] as const)('what the stacks write for %s is as it should be', (one) => {
  expect(trustDifferences(written(one), dev, one)).toEqual([]);
});

test('neither the order of subjects nor a list of one is a difference', () => {
  const document = changed(({ Condition: { StringEquals = {} } }) => {
    StringEquals[`${ISSUER}:aud`] = 'sts.amazonaws.com';
    (StringEquals[`${ISSUER}:sub`] as string[]).reverse();
  });

  expect(trustDifferences(document, dev, 'apply')).toEqual([]);
});

const FEATURE = 'repo:octo-org/store:*';

test.each<[string, Change, readonly string[]]>([
  [
    'a second statement',
    (_, all) => all.push({ Effect: 'Allow', Principal: { AWS: '1' }, Action: 'sts:AssumeRole' }),
    [
      'statement 2: Effect: Allow instead of nothing',
      'statement 2: Principal AWS: 1 instead of nothing',
      'statement 2: Action: sts:AssumeRole instead of nothing',
    ],
  ],
  [
    'StringLike',
    ({ Condition }) => (Condition['StringLike'] = { [`${ISSUER}:sub`]: FEATURE }),
    [`Condition StringLike ${ISSUER}:sub: ${FEATURE} instead of nothing`],
  ],
  [
    'another principal',
    (statement) => (statement.Principal = '*'),
    [
      `Principal Federated: nothing instead of arn:aws:iam::${dev.accountId}:oidc-provider/${ISSUER}`,
      'Principal: * instead of nothing',
    ],
  ],
  [
    'no audience',
    ({ Condition: { StringEquals = {} } }) => delete StringEquals[`${ISSUER}:aud`],
    ['aud: nothing instead of sts.amazonaws.com'],
  ],
  [
    'another branch',
    ({ Condition: { StringEquals = {} } }) =>
      (StringEquals[`${ISSUER}:ref`] = ['refs/heads/main', 'refs/heads/feature']),
    ['ref: refs/heads/feature, refs/heads/main instead of refs/heads/main'],
  ],
  [
    'no number of the repository',
    ({ Condition: { StringEquals = {} } }) => delete StringEquals[`${ISSUER}:repository_id`],
    ['repository_id: nothing instead of 456789'],
  ],
])('%s is named', (_, change, differences) => {
  expect(trustDifferences(changed(change), dev, 'apply')).toEqual(differences);
});
