/** What can be wrong with a token, one thing at a time; everything else about each is right. */
import { createHmac } from 'node:crypto';
import type { Issuer } from '../../loopback/issuer.ts';
import { newSigningKey, signingInput } from '../../loopback/signing-key.ts';

export interface Fault {
  readonly name: string;
  /** The values of the header field Authorization; two of them are two fields. */
  readonly authorization: readonly string[];
}

/** Each is different at every call, so that nothing is remembered from an earlier one. */
export function faultsOf(issuer: Issuer): Fault[] {
  return [...badClaims(issuer), ...badKeys(issuer), ...badForms(issuer), ...badFields(issuer)];
}

function badClaims(issuer: Issuer): Fault[] {
  const now = Math.floor(Date.now() / 1000);
  const changes: Record<string, object> = {
    'another issuer': { iss: 'https://elsewhere.example' },
    'no issuer': { iss: undefined },
    'another client': { client_id: 'another' },
    'no client': { client_id: undefined },
    'the client as audience only': { client_id: undefined, aud: 'loopback' },
    'an ID token': { token_use: 'id' },
    'no use': { token_use: undefined },
    'expired a second ago': { exp: now - 1 },
    'expired for a year': { exp: now - 365 * 24 * 3600 },
    'not valid yet': { nbf: now + 3600 },
    'no end': { exp: undefined },
    'an end that is text': { exp: String(now + 3600) },
    'an end that is null': { exp: null },
    'no subject': { sub: undefined },
    'a subject that is no UUID': { sub: 'admin' },
    'a subject that is a list': { sub: ['0193f5d2-7c1e-7a3b-9d54-0c2f6b1e8a90'] },
  };
  return Object.entries(changes).map(([name, change]) =>
    bearer(name, issuer.key.sign({ ...issuer.claims(), ...change })),
  );
}

function badKeys(issuer: Issuer): Fault[] {
  const { key } = issuer;
  const other = newSigningKey();
  const claims = issuer.claims();
  const hmac = (secret: string, kid: string) => {
    const input = signingInput({ alg: 'HS256', typ: 'JWT', kid }, claims);
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  const none = (alg: string) => `${signingInput({ alg, typ: 'JWT', kid: key.id }, claims)}.`;
  const tokens: Record<string, string> = {
    'algorithm none': none('none'),
    'algorithm nOnE': none('nOnE'),
    'no algorithm': key.sign(claims, { alg: undefined }),
    'HS256 with the public key': hmac(key.publicPem, key.id),
    'HS256 with the public modulus': hmac(String(key.jwk['n']), key.id),
    'HS256 with an empty secret': hmac('', key.id),
    'RS512 claimed': key.sign(claims, { alg: 'RS512' }),
    'an unknown key id': key.sign(claims, { kid: 'unknown' }),
    'no key id': key.sign(claims, { kid: undefined }),
    'a key id that is a number': key.sign(claims, { kid: 7 }),
    'the key id of another issuer': other.sign(claims),
    "another key under the issuer's id": other.sign(claims, { kid: key.id }),
    'a key of its own in the header': other.sign(claims, { jwk: other.jwk }),
    'an address of keys in the header': other.sign(claims, { jku: `${issuer.url}/other.json` }),
  };
  return Object.entries(tokens).map(([name, token]) => bearer(name, token));
}

/** Bytes: more than a server takes in all header fields together. */
const HUGE = 64 * 1024;

function badForms(issuer: Issuer): Fault[] {
  const token = issuer.key.sign(issuer.claims());
  const [header = '', claims = '', signature = ''] = token.split('.');
  const forged = { ...issuer.claims(), 'cognito:groups': ['admins'] };
  const tokens: Record<string, string> = {
    'the payload changed': `${header}.${encode({ ...issuer.claims() })}.${signature}`,
    'a forged group': `${header}.${encode(forged)}.${signature}`,
    'the signature stripped': `${header}.${claims}.`,
    'no signature': `${header}.${claims}`,
    'the signature cut': `${header}.${claims}.${signature.slice(0, -20)}`,
    'four parts': `${token}.${signature}`,
    'only dots': '..',
    'broken base64': `${header}.%%%%.${signature}`,
    'a payload that is no JSON': `${header}.${Buffer.from('{').toString('base64url')}.${signature}`,
    'a payload that is null': `${header}.${Buffer.from('null').toString('base64url')}.${signature}`,
    'a header that is a list': `${encode([])}.${claims}.${signature}`,
    'a header that is null': `${Buffer.from('null').toString('base64url')}.${claims}.${signature}`,
    'names of prototypes': `${encode({ alg: 'RS256', kid: '__proto__' })}.${claims}.${signature}`,
    '8 kB': issuer.key.sign({ ...issuer.claims(), exp: 1, pad: 'x'.repeat(6000) }),
    '64 kB': issuer.key.sign({ ...issuer.claims(), pad: 'x'.repeat(HUGE) }),
  };
  return Object.entries(tokens).map(([name, text]) => bearer(name, text));
}

/** The token is good here; how it is shown is not. */
function badFields(issuer: Issuer): Fault[] {
  const good = issuer.key.sign(issuer.claims());
  const alien = newSigningKey().sign(issuer.claims(), { kid: issuer.key.id });
  const fields: Record<string, string[]> = {
    'an empty field': [''],
    'a scheme without a token': ['Bearer'],
    'a scheme and a blank': ['Bearer '],
    'no scheme': [good],
    'the scheme Basic': [`Basic ${good}`],
    'the scheme ApiKey': [`ApiKey ${good}`],
    'two tokens in one field': [`Bearer ${good} ${good}`],
    'two tokens and a comma': [`Bearer ${good}, Bearer ${good}`],
    'two fields, the second bad': [`Bearer ${good}`, `Bearer ${alien}`],
    'two fields, the first bad': [`Bearer ${alien}`, `Bearer ${good}`],
    'two fields, both good': [`Bearer ${good}`, `Bearer ${good}`],
    'a token in quotes': [`Bearer "${good}"`],
  };
  return Object.entries(fields).map(([name, authorization]) => ({ name, authorization }));
}

function bearer(name: string, token: string): Fault {
  return { name, authorization: [`Bearer ${token}`] };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
