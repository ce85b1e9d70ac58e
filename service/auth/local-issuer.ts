/** Signs tokens for development, so that a store runs without Cognito. Refused in production. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import type { TokenSource } from './tokens.ts';

const LOCAL_ISSUER = 'http://localhost/dev';
const CLIENT_ID = 'local';

/** The two people that everybody can be. */
export const DEMO_PEOPLE = {
  customer: { sub: '00000000-0000-4000-8000-000000000001', groups: [] as string[] },
  admin: { sub: '00000000-0000-4000-8000-000000000002', groups: ['admins'] },
} as const;

interface TokenRequest {
  readonly sub: string;
  readonly groups?: readonly string[];
  /** Seconds from now; negative for a token that has expired. */
  readonly expiresIn?: number;
  /** Instead of the usual ones: what tests break. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface LocalIssuer {
  readonly source: TokenSource;
  readonly jwks: { keys: object[] };
  token(request: TokenRequest): { accessToken: string; expiresAt: string };
}

/** @param keyFile where the private key is kept, so that tokens survive a restart */
export function localIssuer(keyFile?: string): LocalIssuer {
  const privateKey = loadKey(keyFile);
  const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify(publicJwk)).digest('base64url');
  const jwks = { keys: [{ ...publicJwk, kid, alg: 'RS256', use: 'sig' }] };
  return {
    jwks,
    source: {
      kind: 'remote',
      issuer: LOCAL_ISSUER,
      jwksUri: `${LOCAL_ISSUER}/jwks.json`,
      clientIds: [CLIENT_ID],
      allowHttp: false,
      jwks,
    },
    token: (request) => issue(request, privateKey, kid),
  };
}

function issue(
  { sub, groups = [], expiresIn = 3600, claims: other }: TokenRequest,
  privateKey: KeyObject,
  kid: string,
) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: LOCAL_ISSUER,
    sub,
    jti: uuidv7(),
    token_use: 'access',
    client_id: CLIENT_ID,
    scope: 'openid',
    iat: now,
    exp: now + expiresIn,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    ...other,
  };
  return {
    accessToken: sign({ alg: 'RS256', kid, typ: 'JWT' }, claims, privateKey),
    expiresAt: new Date((now + expiresIn) * 1000).toISOString(),
  };
}

/** JWS compact serialization (RFC 7515). */
function sign(header: object, claims: object, privateKey: KeyObject): string {
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey, 'base64url')}`;
}

function loadKey(keyFile: string | undefined): KeyObject {
  if (keyFile === undefined) return newKey();
  try {
    return createPrivateKey(readFileSync(keyFile));
  } catch {
    // Absent or unreadable: a key of development is worth nothing, a new one replaces it.
    const key = newKey();
    writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    return key;
  }
}

function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}
