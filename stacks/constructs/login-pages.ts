import { createHash } from 'node:crypto';
import { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain/index.js';
import { Construct } from 'constructs';
import { PROJECT } from '../../contract.ts';
import type { Environment } from '../place.ts';
import { sentence, unlike } from '../problem.ts';
import { SettingsError } from '../settings-error.ts';

/** Words that Cognito lets nobody use in these host names. */
const REFUSED = /aws|amazon|cognito/;

interface LoginPagesProps {
  readonly environment: Environment;
  readonly userPoolId: string;
}

interface Client {
  readonly id: string;
  readonly callbackUrl: string;
  readonly scopes: readonly string[];
}

/** Cognito's pages for signing up and in, at a host name of the environment's own. */
export class LoginPages extends Construct {
  /** Without a slash at its end. */
  readonly url: string;

  /** @throws SettingsError when Cognito would refuse the host name */
  constructor(scope: Construct, id: string, { environment, userPoolId }: LoginPagesProps) {
    super(scope, id);
    const prefix = loginPrefix(environment);
    new CognitoUserPoolDomain(this, 'domain', {
      userPoolId,
      domain: prefix,
      // The classic pages. Those of version 2 say "Login pages unavailable" until a client has a
      // branding style, which this version of the provider cannot make.
      managedLoginVersion: 1,
    });
    this.url = `https://${prefix}.auth.${environment.region}.amazoncognito.com`;
  }

  /** Where a person signs in; the client then gets a code at its callback. */
  loginUrl({ id, callbackUrl, scopes }: Client): string {
    const query = new URLSearchParams({
      response_type: 'code',
      scope: scopes.join(' '),
      redirect_uri: callbackUrl,
    });
    // The id is a reference that encoding would break.
    return `${this.url}/login?client_id=${id}&${query.toString()}`;
  }
}

/** First part of the host name, which nobody else in the region may have. */
function loginPrefix(environment: Environment): string {
  const { name, label, accountId, region, identity } = environment;
  const digest = createHash('sha256').update(`${PROJECT}/${accountId}/${region}`).digest('hex');
  const prefix = identity.loginPrefix ?? `${label}-${digest.slice(0, 8)}`;
  if (REFUSED.test(prefix)) {
    const expected = "a host name without 'aws', 'amazon' and 'cognito', which Cognito refuses";
    throw new SettingsError([sentence(name, unlike('identity.loginPrefix', prefix, expected))]);
  }
  return prefix;
}
