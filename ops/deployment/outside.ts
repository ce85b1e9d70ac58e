/** Trouble that is not ours but AWS's, or the way's there: one sentence that says what to do. */

interface Known {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  /** Of several addresses that were tried. */
  readonly errors?: readonly unknown[];
  /** Whatever comes from AWS's clients has it. */
  readonly $metadata?: { readonly requestId?: string };
}

const OUT_OF_REACH =
  /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT|EAI_AGAIN)$/;
const NOT_SIGNED_IN =
  /Expired|Unrecognized|InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|CredentialsProviderError|TokenProviderError/;
/** What somebody does whose keys are not good any more. */
const SIGN_IN = 'sign in again (aws sso login, or new keys)';
const REFUSED = /AccessDenied|UnauthorizedOperation|NotAuthorized/;

/** @returns the sentence, or nothing when it is no trouble of that kind */
export function outsideTrouble(error: unknown): string | undefined {
  const code = networkCode(error);
  const { name = '', message = '', $metadata } = (error ?? {}) as Known;
  if (code !== undefined) {
    return `the network does not get there (${message || code}): see whether you are online, then try again`;
  }
  if (NOT_SIGNED_IN.test(name)) {
    return `AWS does not take these credentials (${name}: ${message}): ${SIGN_IN} and run the same command`;
  }
  if ($metadata === undefined) return undefined;
  const request = $metadata.requestId === undefined ? '' : `, request ${$metadata.requestId}`;
  if (REFUSED.test(name)) {
    return `AWS refuses it (${name}${request}): ${message}; get that permission, or sign in as somebody who has it`;
  }
  return `AWS could not do it (${name}${request}): ${message}; try again`;
}

/** Terraform has its own words for keys that ended. @returns what to do, on a line of its own, or nothing */
export function howToSignIn(problems: string): string {
  if (
    !/ExpiredToken|RequestExpired|security token included in the request is expired/.test(problems)
  ) {
    return '';
  }
  return `\nThe AWS credentials have expired: ${SIGN_IN} and run the same command`;
}

function networkCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors = [] } = error as Known;
  if (typeof code === 'string' && OUT_OF_REACH.test(code)) return code;
  for (const inner of [cause, ...errors]) {
    const found = networkCode(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
