/** A job of GitHub that takes on a role: its token says who it is, and no emulator looks at signatures. */
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';

interface Job {
  readonly roleArn: string;
  readonly subject: string;
  /** @default AWS */
  readonly audience?: string;
}

/** @returns the variables of its keys. Throws AccessDenied when the role does not trust it */
export async function comeAs({ roleArn, subject, audience = 'sts.amazonaws.com' }: Job) {
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: audience,
    sub: subject,
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
