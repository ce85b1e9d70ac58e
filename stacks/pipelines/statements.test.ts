import { PROJECT } from '../../contract.ts';
import { GITHUB, type PolicyStatement, registryOf, statementsOf } from '../testing/pipelines.ts';
import { anEnvironment } from '../testing/places.ts';
import { databaseArns } from '../constructs/resource-patterns.ts';
import { ENVIRONMENT_STACKS } from './state-access.ts';

const dev = anEnvironment('dev', { github: GITHUB });
const prod = anEnvironment('prod', { github: GITHUB });
const registry = registryOf(dev, prod);
const apply = statementsOf(registry, 'dev-apply');
const plan = statementsOf(registry, 'dev-plan');

const allowed = (statements: readonly PolicyStatement[], pattern: RegExp) =>
  statements.filter(
    ({ Effect, Action }) => Effect === 'Allow' && Action.some((action) => pattern.test(action)),
  );

test('who plans only reads, and leaves plans that nobody replaces', () => {
  const writes = allowed(plan, /^(?!.*:(Describe|Get|List))/);

  expect(
    writes.map(({ Action, Resource, Condition }) => ({ Action, Resource, Condition })),
  ).toEqual([
    {
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: ['arn:aws:kms:eu-central-1:123456789012:key/*'],
      Condition: {
        StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
        StringLike: {
          'kms:EncryptionContext:aws:s3:arn': [
            `arn:aws:s3:::${dev.stateBucket}`,
            `arn:aws:s3:::${dev.stateBucket}/*`,
          ],
        },
      },
    },
    {
      Action: ['s3:PutObject'],
      Resource: [`arn:aws:s3:::${dev.stateBucket}/plans/dev/*`],
      Condition: { Null: { 's3:if-none-match': 'false' } },
    },
  ]);
});

test('neither role sees what a secret holds, or becomes somebody else', () => {
  for (const statements of [plan, apply]) {
    expect(allowed(statements, /GetSecretValue|^sts:/)).toEqual([]);
    expect(statements).toContainEqual({
      Effect: 'Deny',
      Action: [
        'secretsmanager:BatchGetSecretValue',
        'secretsmanager:GetSecretValue',
        'sts:AssumeRole',
      ],
      Resource: ['*'],
    });
  }
});

test('who applies makes roles below the path of the environment and its boundary only', () => {
  const changes = allowed(apply, /^iam:(?!Get|List)/);
  const outside = changes.filter(
    ({ Action, Resource }) =>
      !Action.includes('iam:CreateServiceLinkedRole') &&
      Resource.join() !== `arn:aws:iam::123456789012:role/${PROJECT}/dev/*`,
  );
  const boundary = `arn:aws:iam::123456789012:policy/${PROJECT}/dev/${PROJECT}-dev-boundary`;

  expect(outside).toEqual([]);
  expect(
    changes
      .flatMap(({ Action }) => Action)
      .filter((action) => /oundary|:(?!Get).*Policy(Version)?$/.test(action))
      .toSorted(),
  ).toEqual(['iam:DeleteRolePolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy']);
  for (const { Condition } of allowed(apply, /^iam:(CreateRole|PutRolePolicy)$/)) {
    expect(Condition).toEqual({ StringEquals: { 'iam:PermissionsBoundary': boundary } });
  }
});

test("who applies deletes locks in the states' bucket, and replaces its own states only", () => {
  const bucket = `arn:aws:s3:::${dev.stateBucket}`;
  const inBucket = (pattern: RegExp) =>
    allowed(apply, pattern).flatMap(({ Resource }) =>
      Resource.filter((arn) => arn.startsWith(bucket)).map((arn) => arn.slice(bucket.length + 1)),
    );

  const states = ENVIRONMENT_STACKS.map((stack) => `dev-${stack}.tfstate`);
  const locks = states.map((state) => `${state}.tflock`);
  expect(inBucket(/^s3:Delete/)).toEqual([...locks, 'releases/dev/release.tflock']);
  expect(inBucket(/^s3:PutObject$/)).toEqual([
    'plans/dev/*',
    ...states,
    ...locks,
    'releases/dev/*',
  ]);
});

test('who applies sees how far a restore of its own has come, and writes none', () => {
  const ofRestores = apply.filter(({ Resource }) => Resource.join().includes('/restores/'));

  expect(ofRestores.map(({ Action }) => Action)).toEqual([['s3:GetObject']]);
  expect(ofRestores[0]?.Resource).toContain(`arn:aws:s3:::${dev.stateBucket}/restores/dev/*`);
});

test('who applies changes the first database and those restored beside it, and no other', () => {
  const [changes] = allowed(apply, /^rds:ModifyDBInstance$/);

  expect(changes?.Resource.filter((arn) => arn.includes(':db:'))).toEqual(databaseArns(dev));
});

test('no action is a pattern', () => {
  const actions = allowed([...plan, ...apply], /./).flatMap(({ Action }) => Action);

  expect(actions.filter((action) => /[*?]/.test(action))).toEqual([]);
});

test('in production no pipeline makes people', () => {
  expect(allowed(apply, /AdminCreateUser/)).not.toEqual([]);
  expect(allowed(statementsOf(registry, 'prod-apply'), /AdminCreateUser/)).toEqual([]);
});

test('in a zone that is shared, names are its own', () => {
  const [change, ...more] = allowed(statementsOf(registry, 'prod-apply'), /ChangeResourceRecord/);
  const names = 'route53:ChangeResourceRecordSetsNormalizedRecordNames';

  expect(more).toEqual([]);
  expect(change?.Condition).toEqual({
    'ForAllValues:StringLike': { [names]: ['store.example.com', '_*.store.example.com'] },
    Null: { [names]: 'false' },
  });
  expect(allowed(apply, /ChangeResourceRecord/)).toEqual([]);
});

test('tasks are registered under names of the environment', () => {
  const [registers] = allowed(apply, /RegisterTaskDefinition/);

  expect(registers?.Resource).toContain(
    `arn:aws:ecs:eu-central-1:123456789012:task-definition/${dev.prefix}-*`,
  );
  expect(registers?.Resource).not.toContain('*');
});

test('the login of a database is only made under a name that says nothing of the environment', () => {
  const ofMasters = apply.filter(({ Resource }) => Resource.join().includes('rds!db-'));

  expect(ofMasters.map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
    {
      Action: [
        'secretsmanager:CancelRotateSecret',
        'secretsmanager:DescribeSecret',
        'secretsmanager:RotateSecret',
      ],
      Condition: ofDatabase,
    },
    { Action: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'], Condition: undefined },
  ]);
});

const ofDatabase = {
  StringLike: { 'aws:ResourceTag/aws:rds:primaryDBInstanceArn': databaseArns(dev) },
};

test("who plans looks at nothing that is tagged as another environment's, and at its own pools", () => {
  const pools = allowed(plan, /cognito-idp:DescribeUserPool$/);

  expect(pools.map(({ Condition }) => Condition)).toEqual([
    { StringEquals: { 'aws:ResourceTag/Environment': 'dev' } },
  ]);
  expect(plan).toContainEqual({
    Effect: 'Deny',
    Action: ['*'],
    Resource: ['*'],
    Condition: {
      StringNotEquals: { 'aws:ResourceTag/Environment': ['dev', 'shared'] },
      Null: { 'aws:ResourceTag/Environment': 'false' },
    },
  });
});

test('alarms are looked for among all of them', () => {
  const [looks] = allowed(apply, /DescribeAlarms/);

  expect(looks?.Resource).toEqual(['arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*']);
});

test('Cognito makes its role for mail where mail has a sender of ours', () => {
  const email = {
    from: 'The Store <store@example.com>',
    sesIdentityArn: 'arn:aws:ses:eu-central-1:123456789012:identity/example.com',
  };
  const sends = anEnvironment('dev', { github: GITHUB, identity: { ...dev.identity, email } });
  const linked = (environment: typeof dev) =>
    JSON.stringify(
      allowed(statementsOf(registryOf(environment), 'dev-apply'), /CreateServiceLinkedRole/),
    );

  expect(linked(sends)).toContain('"email.cognito-idp.amazonaws.com"');
  expect(linked(dev)).not.toContain('email.cognito-idp');
});
