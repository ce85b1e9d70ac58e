/** Makes a person an administrator of the shop: a member of a group of the user pool. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { ADMIN_GROUP } from '../../contract.ts';
import { Refusal } from '../deployment/refusal.ts';

interface AdministratorOptions {
  readonly region: string;
  readonly userPoolId: string;
  readonly email: string;
  /** Asked once it is known that one is needed. */
  readonly choosePassword: () => Promise<string>;
}

export interface Administrator {
  readonly account: 'opened' | 'opened before, without a password' | 'there already';
  /** What was set; undefined where the account keeps its own. */
  readonly password?: string;
}

/** May be repeated. @throws Refusal for an account that nobody has shown to be theirs */
export async function makeAdministrator(options: AdministratorOptions): Promise<Administrator> {
  const { region, userPoolId, email } = options;
  const client = new CognitoIdentityProviderClient({ region });
  const found = await findAccount(client, options);
  if (found !== undefined) refuseUnproven(email, found);
  const group = { UserPoolId: userPoolId, Username: email, GroupName: ADMIN_GROUP };
  // A temporary password, or none: the account was opened and its owner has never signed in.
  const needsPassword = found === undefined || found.UserStatus === 'FORCE_CHANGE_PASSWORD';
  if (!needsPassword) {
    await client.send(new AdminAddUserToGroupCommand(group));
    return { account: 'there already' };
  }
  const password = await options.choosePassword();
  if (found === undefined) await openAccount(client, options);
  // Before the password, which is shown at the end only: what fails here can be repeated.
  await client.send(new AdminAddUserToGroupCommand(group));
  await setPassword(client, options, password);
  return {
    account: found === undefined ? 'opened' : 'opened before, without a password',
    password,
  };
}

async function findAccount(
  client: CognitoIdentityProviderClient,
  { userPoolId, email }: AdministratorOptions,
): Promise<AdminGetUserCommandOutput | undefined> {
  try {
    return await client.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
  } catch (error) {
    const { name } = error as Error;
    if (name === 'UserNotFoundException') return undefined;
    if (name !== 'ResourceNotFoundException') throw error;
    throw new Refusal(
      `the user pool ${userPoolId} is gone: npm run release makes it anew, as the stack identity`,
    );
  }
}

/** Anybody may have signed up with that address, and would know the password of an administrator. */
function refuseUnproven(email: string, { UserStatus, Enabled }: AdminGetUserCommandOutput): void {
  if (UserStatus === 'UNCONFIRMED') {
    throw new Refusal(
      `${email} has signed up but has not confirmed the address: do so with the code in the mail, and run the same command again`,
    );
  }
  if (Enabled === false) {
    throw new Refusal(`the account of ${email} is disabled: enable it first, if that is right`);
  }
}

async function openAccount(
  client: CognitoIdentityProviderClient,
  { userPoolId, email }: AdministratorOptions,
): Promise<void> {
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId: userPoolId,
      Username: email,
      // Who runs this tells them.
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  );
}

async function setPassword(
  client: CognitoIdentityProviderClient,
  { userPoolId, email }: AdministratorOptions,
  password: string,
): Promise<void> {
  try {
    await client.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: userPoolId,
        Username: email,
        Password: password,
        Permanent: true,
      }),
    );
  } catch (error) {
    if ((error as Error).name !== 'InvalidPasswordException') throw error;
    throw new Refusal(
      `the pool does not take this password: 12 signs or more, with a small and a capital letter and a digit; run the same command with another one`,
      { cause: error },
    );
  }
}
