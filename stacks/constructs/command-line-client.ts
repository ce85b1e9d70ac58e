import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../place.ts';

/** Days until a person signs in again. Signing out ends it sooner. */
const REFRESH_DAYS = 30;
/** Minutes that a token works, also after its person was removed. */
const TOKEN_MINUTES = 60;

const NO_PAGES = { allowedOauthFlowsUserPoolClient: false };

interface CommandLineClientProps {
  readonly environment: Environment;
  readonly userPoolId: string;
}

/** How people sign in from a terminal. Public, so that there is no secret to keep or to lose. */
export class CommandLineClient extends Construct {
  readonly id: string;
  /**
   * Where a program on the same machine waits for the code. Cognito compares the port too, so it
   * is a fixed one that no known service uses and no system hands out.
   */
  readonly callbackUrl = 'http://localhost:8976/callback';
  readonly scopes = ['openid', 'email', 'profile'];

  constructor(scope: Construct, id: string, props: CommandLineClientProps) {
    super(scope, id);
    const { environment, userPoolId } = props;
    const client = new CognitoUserPoolClient(this, 'client', {
      userPoolId,
      name: `${environment.prefix}-command-line`,
      generateSecret: false,
      explicitAuthFlows: [
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
        // Needs AWS permissions on the pool, so it opens nothing to the public.
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      ],
      accessTokenValidity: TOKEN_MINUTES,
      idTokenValidity: TOKEN_MINUTES,
      refreshTokenValidity: REFRESH_DAYS,
      tokenValidityUnits: [{ accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' }],
      enableTokenRevocation: true,
      // Unknown addresses and wrong passwords are answered alike.
      preventUserExistenceErrors: 'ENABLED',
      ...(environment.identity.loginPages ? this.pages() : NO_PAGES),
    });
    this.id = client.id;
  }

  /** Codes, never tokens in addresses. Cognito checks PKCE whenever a sign-in began with it. */
  private pages() {
    return {
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ['code'],
      allowedOauthScopes: this.scopes,
      callbackUrls: [this.callbackUrl],
      supportedIdentityProviders: ['COGNITO'],
    };
  }
}
