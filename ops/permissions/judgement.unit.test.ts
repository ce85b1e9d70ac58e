import { PROJECT } from '../../contract.ts';
import { disagreements, unusedBy } from './judgement.ts';
import { type MadeNames, madeNames } from './made-names.ts';
import { readCalls } from './recorded-calls.ts';
import { someProgram } from './testing/some-permissions.ts';

const { dev, program } = someProgram();
const { prefix, accountId, region, label } = dev.environment;

/** A line as the emulated AWS writes it. */
const line = (role: string, action: string, resource: string, others: object = {}) =>
  `${JSON.stringify({
    principal: `arn:aws:sts::${accountId}:assumed-role/${prefix}-${role}/session`,
    action,
    resource,
    context: { 'aws:requestedregion': region },
    allowed: true,
    ...others,
  })}\n`;

const settings = `arn:aws:ssm:${region}:${accountId}:parameter/${PROJECT}/${label}/settings`;
const judge = (text: string, names: MadeNames = new Map()) =>
  disagreements(dev, readCalls(text, names));

test('a call that both allow is nothing to tell', () => {
  expect(judge(line('service', 'ssm:GetParameter', settings))).toEqual([]);
});

test('what the emulated IAM allows and the stacks do not is named, with role and action', () => {
  expect(judge(line('service', 'ssm:PutParameter', settings))).toEqual([
    expect.stringMatching(
      new RegExp(`^${prefix}-service: ssm:PutParameter on ${settings}: .* yes, the evaluator no;`),
    ),
  ]);
});

test('what the stacks allow and the emulated IAM does not is named', () => {
  const refused = line('service', 'ssm:GetParameter', settings, { allowed: false });

  expect(judge(refused)).toEqual([expect.stringContaining('IAM says no, the evaluator yes')]);
});

test('calls of roles that no stack makes, and of users, are left out', () => {
  const user = { principal: `arn:aws:iam::${accountId}:user/ada` };
  const calls = [
    line('nobody', 'iam:CreateUser', '*'),
    line('service', 'iam:CreateUser', '*', user),
  ];

  expect(judge(calls.join(''))).toEqual([]);
});

test('a line that is in the making is left for later', () => {
  const whole = line('service', 'ssm:GetParameter', settings);

  expect(readCalls(whole + whole.slice(0, 40), new Map())).toHaveLength(1);
});

test('what AWS has made up is asked about by what the stacks call it', () => {
  const kms = `arn:aws:kms:${region}:${accountId}:key`;
  const secret = `arn:aws:secretsmanager:${region}:${accountId}:secret`;
  const database = program.stacks.find(({ name }) => name === `${label}-database`);
  const resources = ['aws_kms_key', 'aws_db_instance'].map((type) => ({
    mode: 'managed',
    type,
    name: database?.resources.find((one) => one.type === type)?.name,
    instances: [
      {
        attributes: {
          arn: `${kms}/1234`,
          ...(type === 'aws_db_instance' && {
            master_user_secret: [{ secret_arn: `${secret}:rds!db-1234-a1b2c3` }],
          }),
        },
      },
    ],
  }));
  const states = new Map([[`${label}-database`, JSON.stringify({ resources })]]);

  const names = madeNames(program, states);
  const read = line('migration', 'secretsmanager:GetSecretValue', `${secret}:rds!db-1234-a1b2c3`);

  expect(names.get(`${secret}:rds!db-1234-a1b2c3`)).toBe(
    `${secret}:rds!db-<${label}-database/postgres/instance>-??????`,
  );
  expect(judge(read, names)).toEqual([]);
});

test('a permission is unused until a call of the role needed it', () => {
  const calls = readCalls(line('service', 'ssm:GetParameter', settings), new Map());
  const service = unusedBy(dev, calls).find(({ role }) => role === `${prefix}-service`);

  expect(service).toEqual({
    role: `${prefix}-service`,
    calls: 1,
    allowed: 3,
    unused: ['kms:Decrypt', 'secretsmanager:GetSecretValue'],
  });
});
