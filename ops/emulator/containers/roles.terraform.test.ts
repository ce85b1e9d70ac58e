/** With policies enforced: what tasks may do, and what starts them. */
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { run } from './testing/runs.ts';
import { LOG_GROUP, Stage } from './testing/stage.ts';
import { areThereContainers } from './testing/with-containers.ts';

/** What a task needs to start: registry, image, log. */
const START = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
];

let stage: Stage;
let iam: IAMClient;

beforeAll(async () => {
  if (!areThereContainers) return;
  stage = await Stage.open({ authenticated: true });
  iam = new IAMClient(stage.client());
});

afterAll(async () => {
  if (areThereContainers) await stage.close();
});

/** @returns the ARN of a role that tasks may have */
async function role(name: string, actions: readonly string[], resource = '*'): Promise<string> {
  const trust = [
    {
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ];
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: policy(trust) }),
  );
  const PolicyDocument = policy([{ Effect: 'Allow', Action: actions, Resource: resource }]);
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'all', PolicyDocument }));
  return Role?.Arn ?? '';
}

function policy(statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statement });
}

/** A script that asks AWS for secrets with the keys it was given, without any package. */
function reader(secrets: readonly string[]): string {
  return `
    const { createHash, createHmac } = require('crypto');
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token,
      AWS_ENDPOINT_URL: url, AWS_REGION: region } = process.env;
    const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
    const sha = (text) => createHash('sha256').update(text).digest('hex');
    async function ask(name) {
      const body = JSON.stringify({ SecretId: name });
      const at = new Date().toISOString().replaceAll(/[-:]|\\.\\d+/g, '');
      const headers = { host: new URL(url).host, 'x-amz-date': at, 'x-amz-security-token': token,
        'x-amz-target': 'secretsmanager.GetSecretValue' };
      const names = Object.keys(headers).join(';');
      const lines = Object.entries(headers).map(([key, value]) => key + ':' + value + '\\n').join('');
      const scope = [at.slice(0, 8), region, 'secretsmanager', 'aws4_request'];
      const text = ['AWS4-HMAC-SHA256', at, scope.join('/'),
        sha(['POST', '/', '', lines, names, sha(body)].join('\\n'))].join('\\n');
      const key = scope.reduce(hmac, 'AWS4' + secret);
      const authorization = 'AWS4-HMAC-SHA256 Credential=' + [id, ...scope].join('/')
        + ', SignedHeaders=' + names + ', Signature=' + hmac(key, text).toString('hex');
      const answer = await fetch(url, { method: 'POST', body, headers: { ...headers, authorization,
        'content-type': 'application/x-amz-json-1.1' } });
      console.log(answer.status, (await answer.json()).SecretString);
    }
    (async () => { for (const name of ${JSON.stringify(secrets)}) await ask(name); })();`;
}

test('a task reads the secret of its role, and no other', async () => {
  const secrets = new SecretsManagerClient(stage.client());
  const [mine = '', other = ''] = await Promise.all(
    ['mine', 'other'].map(async (Name) => {
      const command = new CreateSecretCommand({ Name, SecretString: `${Name}!` });
      return (await secrets.send(command)).ARN ?? '';
    }),
  );
  const taskRoleArn = await role('task', ['secretsmanager:GetSecretValue'], mine);
  const executionRoleArn = await role('execution', START);
  const definition = await stage.define(
    reader([mine, other]),
    {},
    { taskRoleArn, executionRoleArn },
  );

  const { said } = await run(stage, definition);

  expect(said).toBe('200 mine!\n403 undefined');
});

test.each([
  ['ecr:GetAuthorizationToken', 'ResourceInitializationError: unable to pull secrets or registry'],
  ['ecr:BatchGetImage', 'CannotPullContainerError: '],
  ['ecr:GetDownloadUrlForLayer', 'CannotPullContainerError: '],
  ['logs:CreateLogStream', 'ResourceInitializationError: failed to validate logger args'],
  ['logs:PutLogEvents', 'ResourceInitializationError: failed to validate logger args'],
])('without %s in its execution role a task does not start', async (action, reason) => {
  const allowed = START.filter((each) => each !== action);
  const executionRoleArn = await role(action.replace(':', '-'), allowed);
  const definition = await stage.define('', {}, { executionRoleArn });

  const task = await run(stage, definition);

  expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', said: '' });
  expect(task.stoppedReason).toContain(reason);
  expect(task.stoppedReason).toContain(`is not authorized to perform: ${action} on resource: `);
});

test('the execution role is asked for the very repository and log group', async () => {
  const elsewhere = 'arn:aws:ecr:eu-central-1:123456789012:repository/other';
  const executionRoleArn = await role('elsewhere', START, elsewhere);
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'elsewhere',
      PolicyName: 'token',
      PolicyDocument: policy([
        { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
        {
          Effect: 'Allow',
          Action: 'logs:*',
          Resource: `arn:aws:logs:*:*:log-group:${LOG_GROUP}:*`,
        },
      ]),
    }),
  );
  const definition = await stage.define('', {}, { executionRoleArn });

  const task = await run(stage, definition);

  expect(task.stoppedReason).toContain('ecr:BatchGetImage on resource: ');
  expect(task.stoppedReason).toContain(':repository/stage');
});

test('a task whose role does not exist does not start', async () => {
  const executionRoleArn = await role('gone', START);
  const definition = await stage.define('', {}, { executionRoleArn });
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'gone', PolicyName: 'all' }));
  await iam.send(new DeleteRoleCommand({ RoleName: 'gone' }));

  const task = await run(stage, definition);

  expect(task.stoppedReason).toContain(`unable to assume the role '${executionRoleArn}'`);
});
