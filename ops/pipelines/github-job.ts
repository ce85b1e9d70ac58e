/** A job of GitHub that takes on a role: its token says who it is, and no emulator looks at signatures. */
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { GitHubSettings } from '../../stacks/github-settings.ts';

interface Job {
  readonly roleArn: string;
  readonly github: GitHubSettings;
  readonly subject: string;
  /** What else its token says otherwise than one for AWS, of the repository's main branch. */
  readonly claims?: Readonly<Record<string, string>> | undefined;
  /** @default job */
  readonly session?: string;
  /** JSON: the session may do what this and the role allow. @default what the role allows */
  readonly policy?: string;
}

/** @returns the variables of its keys. Throws AccessDenied when the role does not trust it */
export async function comeAs(job: Job) {
  const { roleArn, github, subject, claims: others = {}, session = 'job', policy } = job;
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    sub: subject,
    repository_id: github.repositoryId,
    repository_owner_id: github.ownerId,
    ref: 'refs/heads/main',
    ...others,
  };
  const parts = [{ alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const { Credentials: keys } = await new STSClient({}).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn,
      RoleSessionName: session,
      WebIdentityToken: [...parts, 'signature'].join('.'),
      Policy: policy,
    }),
  );
  return {
    AWS_ACCESS_KEY_ID: keys?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: keys?.SessionToken ?? '',
  };
}
