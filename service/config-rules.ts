/** What the form of a variable alone cannot say: which ones go together. */

/** Lines that name what is wrong; none when nothing is. */
export type Rule = (given: NodeJS.ProcessEnv) => string[];

export const databaseProblems: Rule = (given) => loginProblems(given, 'DATABASE_SECRET_ID');
export const ownerProblems: Rule = (given) => loginProblems(given, 'DATABASE_MASTER_SECRET_ID');

export const rotationProblems: Rule = ({ DATABASE_SECRET_ID: secretId }) =>
  secretId === undefined ? ['DATABASE_SECRET_ID is missing: the secret to write the login to'] : [];

function loginProblems(
  { DATABASE_URL: url, DATABASE_HOST: host, ...given }: NodeJS.ProcessEnv,
  secret: string,
): string[] {
  const secretId = given[secret];
  if (url !== undefined && secretId !== undefined) {
    return [`DATABASE_URL and ${secret} are both set: choose one`];
  }
  if (url !== undefined) return URL.canParse(url) ? [] : ['DATABASE_URL is not a URL'];
  if (secretId === undefined) return [`DATABASE_URL is missing (or ${secret} with DATABASE_HOST)`];
  return host === undefined ? [`DATABASE_HOST is missing: ${secret} is set`] : [];
}

export const authProblems: Rule = ({
  NODE_ENV: mode = 'production',
  AUTH_ISSUER: issuer,
  AUTH_JWKS_URI: jwksUri,
  AUTH_CLIENT_IDS: clientIds = '',
  AUTH_ALLOW_HTTP_ISSUER: allowHttp,
}) => {
  if (issuer === undefined && mode !== 'production') return [];
  const problems: string[] = [];
  if (issuer === undefined) {
    problems.push('AUTH_ISSUER is missing: the local issuer exists only outside production');
  }
  if (list(clientIds).length === 0) problems.push('AUTH_CLIENT_IDS is missing');
  const plain = [issuer, jwksUri].filter((uri) => uri?.startsWith('http:'));
  if (plain.length > 0 && allowHttp !== 'true') {
    problems.push(
      `AUTH_ISSUER and AUTH_JWKS_URI must be https, not ${plain.join(', ')}: over http anyone on ` +
        'the way can forge tokens (AUTH_ALLOW_HTTP_ISSUER=true accepts that)',
    );
  }
  return problems;
};

/** `a, b` → ['a', 'b'] */
export function list(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
