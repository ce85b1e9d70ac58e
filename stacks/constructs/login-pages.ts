import { createHash } from 'node:crypto';
import { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain/index.js';
import { Construct } from 'constructs';
import { PROJECT } from '../../contract.ts';
import type { Environment } from '../place.ts';

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
function loginPrefix({ label, accountId, region, identity }: Environment): string {
  const digest = createHash('sha256').update(`${PROJECT}/${accountId}/${region}`).digest('hex');
  return identity.loginPrefix ?? `${label}-${digest.slice(0, 8)}`;
}
