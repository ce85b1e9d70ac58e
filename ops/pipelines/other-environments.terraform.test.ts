/** What the roles may and may not do to what is named after no environment: logins, pools, families. */
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CancelRotateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { PROJECT } from '../../contract.ts';
import { boundaryArn, rolePath } from '../../stacks/constructs/boundary.ts';
import { policyDocument } from '../../stacks/constructs/policy-document.ts';
import { outcome } from '../emulator/testing/people.ts';
import { type EmulatedPipelines, emulatedPipelines } from './testing/emulated-pipelines.ts';

/** Milliseconds: a stack is applied first. */
const PATIENCE = 120_000;

let pipelines: EmulatedPipelines;
/** The logins that RDS made for the databases of `dev` and `prod`. */
let own: string | undefined;
let others: string | undefined;

beforeAll(async () => {
  pipelines = await emulatedPipelines();
  own = await makeDatabase(pipelines.environment.prefix);
  others = await makeDatabase(`${PROJECT}-prod`);
}, PATIENCE);

afterAll(() => pipelines.stop());

async function makeDatabase(name: string): Promise<string | undefined> {
  const { DBInstance } = await new RDSClient({}).send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: name,
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      MasterUsername: 'store_owner',
      ManageMasterUserPassword: true,
    }),
  );
  return DBInstance?.MasterUserSecret?.SecretArn;
}

/** Made by who applies, as far as IAM lets it: with a policy that allows every secret. */
async function settingsOfMadeRole(): Promise<object> {
  const { environment } = pipelines;
  const RoleName = `${environment.prefix}-curious`;
  const iam = new IAMClient(pipelines.settingsOf('apply'));
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: rolePath(environment),
      PermissionsBoundary: boundaryArn(environment),
      AssumeRolePolicyDocument: policyDocument({
        principals: { AWS: `arn:aws:iam::${environment.accountId}:root` },
        actions: ['sts:AssumeRole'],
      }),
    }),
  );
  const PolicyDocument = policyDocument({ actions: ['secretsmanager:*'], resources: ['*'] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument }));
  const { Credentials: keys } = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'curious' }),
  );
  return {
    credentials: {
      accessKeyId: keys?.AccessKeyId,
      secretAccessKey: keys?.SecretAccessKey,
      sessionToken: keys?.SessionToken,
    },
  };
}

test("a role reads its own database's login, and no other database's, whatever its policy says", async () => {
  const secrets = new SecretsManagerClient(await settingsOfMadeRole());
  const read = (SecretId: string | undefined) =>
    outcome(secrets.send(new GetSecretValueCommand({ SecretId })));

  expect([await read(own), await read(others)]).toEqual(['allowed', 'denied']);
});

test('who applies has the login of its own database changed, and replaces or deletes none', async () => {
  const secrets = new SecretsManagerClient(pipelines.settingsOf('apply'));
  const outcomes = (SecretId: string | undefined) =>
    Promise.all([
      outcome(secrets.send(new DescribeSecretCommand({ SecretId }))),
      outcome(secrets.send(new RotateSecretCommand({ SecretId, RotateImmediately: false }))),
      outcome(secrets.send(new CancelRotateSecretCommand({ SecretId }))),
      outcome(secrets.send(new UpdateSecretCommand({ SecretId, SecretString: 'mine' }))),
      outcome(secrets.send(new DeleteSecretCommand({ SecretId }))),
    ]);

  expect(await outcomes(own)).toEqual(['allowed', 'allowed', 'allowed', 'denied', 'denied']);
  expect(new Set(await outcomes(others))).toEqual(new Set(['denied']));
});

test('who plans looks at pools of its environment only', async () => {
  const root = new CognitoIdentityProviderClient({});
  const cognito = new CognitoIdentityProviderClient(pipelines.settingsOf('plan'));
  const outcomes: string[] = [];
  for (const UserPoolTags of [{ Environment: 'dev' }, { Environment: 'prod' }, {}]) {
    const pool = new CreateUserPoolCommand({ PoolName: 'people', UserPoolTags });
    const { UserPool } = await root.send(pool);
    const look = new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id });
    outcomes.push(await outcome(cognito.send(look)));
  }

  expect(outcomes).toEqual(['allowed', 'denied', 'denied']);
});

test('who applies registers tasks under names of its environment only', async () => {
  const ecs = new ECSClient(pipelines.settingsOf('apply'));
  const register = (family: string) =>
    outcome(
      ecs.send(
        new RegisterTaskDefinitionCommand({
          family,
          containerDefinitions: [{ name: 'a', image: 'a' }],
        }),
      ),
    );

  expect(await register(`${pipelines.environment.prefix}-migrate`)).toBe('allowed');
  expect(await register(`${PROJECT}-prod-migrate`)).toBe('denied');
});
