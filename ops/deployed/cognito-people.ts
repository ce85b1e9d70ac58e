/** People in a user pool of Cognito, emulated or real: made for the tests, removed afterwards. */
import { randomUUID } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  NotAuthorizedException,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ADMIN_GROUP } from '../../contract.ts';
import type { People, Person } from './people.ts';

export interface Pool {
  readonly userPoolId: string;
  /** A client that allows ADMIN_USER_PASSWORD_AUTH, whose tokens the store takes. */
  readonly clientId: string;
}

/** Cognito refuses more than so many calls a second, of all together; then the SDK waits. */
const ATTEMPTS = 8;

/** Whoever signs up gets a mail. Amazon's own mailbox takes it, and no address bounces. */
const SIGNED_UP = (id: string) => `success+${id}@simulator.amazonses.com`;
/** Whoever an administrator makes, gets none. */
const INVITED = (id: string) => `${id}@example.com`;

/** Needs AWS credentials that may make, change and delete people of the pool. */
export class CognitoPeople implements People {
  readonly #client = new CognitoIdentityProviderClient({ maxAttempts: ATTEMPTS });
  readonly #pool: Pool;
  readonly #made: string[] = [];
  #isFirst = true;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The first one signs up as everybody can; the others are made at once, without a mail. */
  async newCustomer(): Promise<Person> {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    return (isFirst ? await this.#signUp() : undefined) ?? this.#create();
  }

  async newAdmin(): Promise<Person> {
    return this.#create(ADMIN_GROUP);
  }

  /** @throws AggregateError with everybody who is still there */
  async remove(): Promise<void> {
    const { userPoolId: UserPoolId } = this.#pool;
    const ends = await Promise.allSettled(
      this.#made
        .splice(0)
        .map((Username) => this.#client.send(new AdminDeleteUserCommand({ UserPoolId, Username }))),
    );
    const failures = ends.flatMap((end) =>
      end.status === 'rejected' ? [end.reason as Error] : [],
    );
    if (failures.length === 0) return;
    const reasons = new Set(failures.map(({ message }) => message));
    throw new AggregateError(failures, `people are left in the pool: ${[...reasons].join('; ')}`);
  }

  /** Undefined where nobody may: a pool may take invited people only. */
  async #signUp(): Promise<Person | undefined> {
    const { userPoolId: UserPoolId, clientId: ClientId } = this.#pool;
    const Username = SIGNED_UP(randomUUID());
    const Password = newPassword();
    const UserAttributes = [{ Name: 'email', Value: Username }];
    try {
      await this.#client.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes }));
    } catch (error) {
      if (error instanceof NotAuthorizedException) return undefined;
      throw error;
    }
    this.#made.push(Username);
    await this.#client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username }));
    return this.#signIn(Username, Password);
  }

  async #create(GroupName?: string): Promise<Person> {
    const { userPoolId: UserPoolId } = this.#pool;
    const Username = INVITED(randomUUID());
    const Password = newPassword();
    const who = { UserPoolId, Username };
    const UserAttributes = [
      { Name: 'email', Value: Username },
      { Name: 'email_verified', Value: 'true' },
    ];
    await this.#client.send(
      new AdminCreateUserCommand({ ...who, UserAttributes, MessageAction: 'SUPPRESS' }),
    );
    this.#made.push(Username);
    await this.#client.send(new AdminSetUserPasswordCommand({ ...who, Password, Permanent: true }));
    if (GroupName !== undefined) {
      await this.#client.send(new AdminAddUserToGroupCommand({ ...who, GroupName }));
    }
    return this.#signIn(Username, Password);
  }

  async #signIn(USERNAME: string, PASSWORD: string): Promise<Person> {
    const { userPoolId: UserPoolId, clientId: ClientId } = this.#pool;
    const { AuthenticationResult } = await this.#client.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD },
      }),
    );
    const token = AuthenticationResult?.AccessToken;
    if (token === undefined) throw new Error(`Cognito gave ${USERNAME} no token: is MFA required?`);
    return { id: subjectOf(token), authorization: `Bearer ${token}` };
  }
}

/** Long enough, with a capital, a small letter and a digit, as the pool wants. */
function newPassword(): string {
  return `Aa1${randomUUID()}`;
}

function subjectOf(token: string): string {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims) as { sub: string }).sub;
}
