/** Signs a person in with the operator's AWS permissions: no browser, and nothing opened to the public. */
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';

/** Cognito's own name of the codes of an app. */
const MFA = 'SOFTWARE_TOKEN_MFA';

interface SignInOptions {
  /** Of the stack `identity`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly email: string;
  readonly password: string;
  /** Asked when the account wants a second factor. */
  readonly chooseCode: () => Promise<string>;
}

interface Answer {
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
}

/** @returns an access token. @throws Refusal with what to do */
export async function signIn(
  { name, region }: Environment,
  { outputs, email, password, chooseCode }: SignInOptions,
): Promise<string> {
  const client = new CognitoIdentityProviderClient({ region });
  const pool = {
    UserPoolId: String(outputs['user_pool_id']),
    ClientId: String(outputs['command_line_client_id']),
  };
  try {
    const answer = await client.send(
      new AdminInitiateAuthCommand({
        ...pool,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
    if (answer.ChallengeName === undefined) return tokenIn(answer);
    if (answer.ChallengeName !== MFA) {
      throw new Refusal(CHALLENGES[answer.ChallengeName]?.(email) ?? unknown(answer.ChallengeName));
    }
    const response = new AdminRespondToAuthChallengeCommand({
      ...pool,
      ChallengeName: MFA,
      Session: answer.Session,
      ChallengeResponses: { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: await chooseCode() },
    });
    return tokenIn(await client.send(response));
  } catch (error) {
    const sentence = SENTENCES[(error as Error).name]?.(email, name);
    if (sentence === undefined) throw error;
    throw new Refusal(sentence, { cause: error });
  }
}

function tokenIn({ AuthenticationResult: result }: Answer): string {
  const token = result?.AccessToken;
  if (token === undefined) throw new Refusal('Cognito gave no token: try again');
  return token;
}

/** What Cognito wants first, where a command cannot give it. */
const CHALLENGES: Readonly<Record<string, (email: string) => string>> = {
  NEW_PASSWORD_REQUIRED: (email) =>
    `${email} has to choose a password first: sign in once on the login page (npm run outputs -- <environment> login_url), or set one with the admin_commands of the outputs`,
  MFA_SETUP: (email) =>
    `${email} has to set up a second factor first: sign in once on the login page (npm run outputs -- <environment> login_url)`,
};

function unknown(challenge: string): string {
  return `Cognito asks for ${challenge}, which only the login page can answer`;
}

const SENTENCES: Readonly<Record<string, (email: string, environment: string) => string>> = {
  NotAuthorizedException: notTaken,
  UserNotFoundException: notTaken,
  UserNotConfirmedException: (email) =>
    `${email} has not confirmed the address: with the code in the mail, on the login page`,
  PasswordResetRequiredException: (email) =>
    `${email} has to choose a new password: "Forgot your password?" on the login page`,
  CodeMismatchException: () => 'the code is not the one that Cognito expects: wait for the next',
  ExpiredCodeException: () => 'the code is too old: wait for the next',
  ResourceNotFoundException: (_, environment) =>
    `the user pool is gone: npm run release -- ${environment} makes it anew`,
};

/** Which of the two is wrong, Cognito does not tell. */
function notTaken(email: string): string {
  return `Cognito does not take this address and password, or the account is disabled: ${email}`;
}
