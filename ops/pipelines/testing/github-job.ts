/** A job of GitHub that takes on a role: its token says who it is, and no emulator looks at signatures. */
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { GITHUB } from '../../../stacks/testing/pipelines.ts';

interface Job {
  readonly roleArn: string;
  readonly subject: string;
  /** What else its token says otherwise than one for AWS, of the repository's main branch. */
  readonly claims?: Readonly<Record<string, string>> | undefined;
}

/** @returns the variables of its keys. Throws AccessDenied when the role does not trust it */
export async function comeAs({ roleArn, subject, claims: others = {} }: Job) {
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    sub: subject,
    repository_id: GITHUB.repositoryId,
    repository_owner_id: GITHUB.ownerId,
    ref: 'refs/heads/main',
    ...others,
  };
  const parts = [{ alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const { Credentials: keys } = await new STSClient({}).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn,
      RoleSessionName: 'job',
      WebIdentityToken: [...parts, 'signature'].join('.'),
    }),
  );
  return {
    AWS_ACCESS_KEY_ID: keys?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: keys?.SessionToken ?? '',
  };
}
