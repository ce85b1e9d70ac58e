import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
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

/** A role for one repository's main branch; jobs of that branch and of two others come for it. */
async function comers(emulator: Emulator) {
  const iam = new IAMClient(clientSettings(emulator));
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${ISSUER}` }));
  const StringEquals = {
    [`${ISSUER}:repository_id`]: '456789',
    [`${ISSUER}:repository_owner_id`]: '123456',
    [`${ISSUER}:ref`]: 'refs/heads/main',
  };
  const Statement = {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals },
  };
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'apply',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [Statement] }),
    }),
  );
  const ours = { repository_id: '456789', repository_owner_id: '123456', ref: 'refs/heads/main' };
  return [
    await outcome(come(emulator, ours)),
    await outcome(come(emulator, { ...ours, ref: 'refs/heads/other' })),
    await outcome(come(emulator, { ...ours, repository_id: '9' })),
  ];
}

function come(emulator: Emulator, claims: object) {
  const parts = [{ alg: 'RS256' }, { iss: `https://${ISSUER}`, ...claims }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return new STSClient(clientSettings(emulator)).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/apply`,
      RoleSessionName: 'job',
      WebIdentityToken: [...parts, 'signature'].join('.'),
    }),
  );
}

test("the claims of GitHub's tokens are conditions", async () => {
  expect(await comers(both.filled)).toEqual(['allowed', 'denied', 'denied']);
  // Without our filler nobody may.
  expect(await comers(both.plain)).toEqual(['denied', 'denied', 'denied']);
});
