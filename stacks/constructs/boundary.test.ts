import { Testing } from 'cdktf';
import { PROJECT } from '../../contract.ts';
import { anEnvironment } from '../testing/places.ts';
import { allResources, synthesiseStore } from '../testing/synthesise-store.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { EXEC_ACTIONS } from './exec-actions.ts';
import { Boundary, boundaryArn } from './boundary.ts';

const environment = anEnvironment();
const synthesised = JSON.parse(
  Testing.synthScope((scope) => new Boundary(scope, 'boundary', environment)),
) as Synthesised;

interface Document {
  readonly Statement: readonly {
    readonly Action: string[];
    readonly Resource: string[];
    readonly Condition?: Readonly<Record<string, object>>;
  }[];
}

const resources = allResources(synthesiseStore(environment));
const [policy] = resourcesOf(synthesised, 'aws_iam_policy');
const { Statement: statements } = JSON.parse(String(policy?.['policy'])) as Document;

test('no role of an environment can change roles or become another one', () => {
  const actions = statements.flatMap(({ Action }) => Action);

  expect(actions.filter((action) => /^(iam|sts):/.test(action))).toEqual(['iam:PassRole']);
  expect(actions.filter((action) => /[*?]/.test(action))).toEqual([]);
});

/** Neither has a name that says whose it is, and environments may share an account. */
const DATABASE = `arn:aws:rds:eu-central-1:123456789012:db:${environment.prefix}`;

test("logins that RDS makes and keys are the environment's by their tags", () => {
  const masterSecrets = statements.filter(({ Resource }) => Resource.join().includes('rds!db-'));
  const keys = statements.filter(({ Resource }) => Resource.join().includes(':key/'));

  expect(masterSecrets).toMatchObject([
    {
      Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      Condition: {
        StringLike: {
          'aws:ResourceTag/aws:rds:primaryDBInstanceArn': [DATABASE, `${DATABASE}-20??????????`],
        },
      },
    },
  ]);
  expect(keys).toMatchObject([
    { Condition: { StringEquals: { 'aws:ResourceTag/Environment': 'dev' } } },
  ]);
});

test('everything is of the environment, but for what AWS has no resource for', () => {
  const everything = statements.filter(({ Resource }) => Resource.includes('*'));

  expect(everything.map(({ Action }) => Action)).toEqual([
    ['ecr:GetAuthorizationToken', 'logs:DescribeLogGroups', ...EXEC_ACTIONS],
  ]);
});

test('every role of every stack of an environment has its path and its boundary', () => {
  const roles = resources.filter(({ type }) => type === 'aws_iam_role');

  expect(roles.length).toBeGreaterThan(5);
  for (const { attributes } of roles) {
    expect(attributes).toMatchObject({
      path: `/${PROJECT}/dev/`,
      permissions_boundary: boundaryArn(environment),
    });
  }
});

/** What roles ask for that has no name yet, such as the ARN of a secret, is left to the rehearsal. */
test('the boundary holds every action that a role asks for', () => {
  const limits = new Set(statements.flatMap(({ Action }) => Action));
  const asked = resources
    .filter(({ type }) => type === 'aws_iam_role_policy')
    .flatMap(({ attributes }) => (JSON.parse(String(attributes['policy'])) as Document).Statement)
    .flatMap(({ Action }) => Action);

  expect(asked.filter((action) => !limits.has(action))).toEqual([]);
});
