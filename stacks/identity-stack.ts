import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { ADMIN_GROUP } from '../contract.ts';
import { CommandLineClient } from './constructs/command-line-client.ts';
import { LoginPages } from './constructs/login-pages.ts';
import { UserPool } from './constructs/user-pool.ts';
import type { Environment } from './place.ts';
import { StoreStack } from './store-stack.ts';

/** Who people are, for years: the user pool, its pages and the command line's client. */
export class IdentityStack extends StoreStack {
  readonly userPoolId: string;
  /** Client of the command line; the web's client lives in the web's stack. */
  readonly commandLineClientId: string;
  /** What access tokens name as their issuer. */
  readonly issuer: string;

  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, 'identity');
    const pool = new UserPool(this, 'pool', environment);
    const client = new CommandLineClient(this, 'command-line', {
      environment,
      userPoolId: pool.id,
    });
    this.userPoolId = pool.id;
    this.commandLineClientId = client.id;
    this.issuer = pool.issuer;

    if (environment.identity.loginPages) {
      const pages = new LoginPages(this, 'login-pages', { environment, userPoolId: pool.id });
      this.tell('login_url', pages.loginUrl(client), 'Where people sign in');
    }
    this.tell('user_pool_id', pool.id, 'Pool of everybody who has an account');
    this.tell('command_line_client_id', client.id, 'Client of the command line');
    this.tell('issuer', pool.issuer, 'What tokens name as their issuer');
    this.tell('token_command', this.tokenCommand(), 'Prints an access token of $EMAIL');
    this.tell('admin_commands', this.adminCommands(), 'Make $EMAIL an administrator');
  }

  private tell(name: string, value: string, description: string): void {
    new TerraformOutput(this, name, { value, description });
  }

  /** For who has AWS permissions: no browser, no server that waits for a code. */
  private tokenCommand(): string {
    return this.command('admin-initiate-auth', [
      `--client-id ${this.commandLineClientId} --auth-flow ADMIN_USER_PASSWORD_AUTH`,
      '--auth-parameters "USERNAME=$EMAIL,PASSWORD=$PASSWORD"',
      '--query AuthenticationResult.AccessToken --output text',
    ]);
  }

  /** The last one is enough for somebody who signed up already. */
  private adminCommands(): string {
    return [
      this.command('admin-create-user', [
        '--username "$EMAIL" --message-action SUPPRESS',
        '--user-attributes "Name=email,Value=$EMAIL" Name=email_verified,Value=true',
      ]),
      this.command('admin-set-user-password', [
        '--username "$EMAIL" --password "$PASSWORD" --permanent',
      ]),
      this.command('admin-add-user-to-group', [`--username "$EMAIL" --group-name ${ADMIN_GROUP}`]),
    ].join('\n');
  }

  /** On lines of their own, so that Terraform prints quotes as they must be typed. */
  private command(action: string, options: readonly string[]): string {
    const { region } = this.place;
    const where = `aws cognito-idp ${action} --region ${region} --user-pool-id ${this.userPoolId}`;
    return [where, ...options].join(' \\\n  ');
  }
}
