import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Emulator } from '../emulator.ts';
import { ACCOUNT, type Both, clientSettings, startBoth } from '../testing/both.ts';
import { outcome } from '../testing/people.ts';

const ISSUER = 'token.actions.githubusercontent.com';

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** A role for everybody with a token, which may do everything. */
async function makeRole(emulator: Emulator): Promise<void> {
  const iam = new IAMClient(clientSettings(emulator));
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${ISSUER}` }));
  const trust = {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
  };
  const RoleName = 'job';
  const AssumeRolePolicyDocument = policy(trust);
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument }));
}

/** Reads a parameter in a session with a policy of its own. */
async function reads(emulator: Emulator, Policy?: string) {
  const parts = [{ alg: 'RS256' }, { iss: `https://${ISSUER}` }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const { Credentials: keys } = await new STSClient(clientSettings(emulator)).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/job`,
      RoleSessionName: 'job',
      WebIdentityToken: [...parts, 'signature'].join('.'),
      Policy,
    }),
  );
  const settings = clientSettings(emulator, {
    AWS_ACCESS_KEY_ID: keys?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: keys?.SessionToken ?? '',
  });
  return outcome(new SSMClient(settings).send(new GetParameterCommand({ Name: '/one' })));
}

const allBut = (NotAction: string) => policy({ Effect: 'Allow', NotAction, Resource: '*' });

test("a session may do what its role and the session's own policy allow", async () => {
  await Promise.all([makeRole(both.filled), makeRole(both.plain)]);

  expect(await reads(both.filled)).toBe('allowed');
  expect(await reads(both.filled, allBut('ssm:PutParameter'))).toBe('allowed');
  expect(await reads(both.filled, allBut('ssm:GetParameter'))).toBe('denied');
  // Without our filler the policy is forgotten.
  expect(await reads(both.plain, allBut('ssm:GetParameter'))).toBe('allowed');
});
