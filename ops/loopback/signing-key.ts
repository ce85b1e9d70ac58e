/** A key that signs tokens: whatever header and claims it is given, those nobody should accept too. */
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';

export interface SigningKey {
  readonly id: string;
  /** The public half, as a member of `keys` in a JWKS (RFC 7517). */
  readonly jwk: Readonly<Record<string, unknown>>;
  /** The public half as PEM text. */
  readonly publicPem: string;
  /** JWS compact serialization (RFC 7515). @param header instead of the usual members */
  sign(claims: object, header?: object): string;
}

export function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const half = publicKey.export({ format: 'jwk' });
  const id = createHash('sha256').update(JSON.stringify(half)).digest('base64url');
  return {
    id,
    jwk: { ...half, kid: id, alg: 'RS256', use: 'sig' },
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign(claims, header = {}) {
      const input = signingInput({ alg: 'RS256', kid: id, typ: 'JWT', ...header }, claims);
      return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey, 'base64url')}`;
    },
  };
}

/** Header and claims, as the signature covers them. */
export function signingInput(header: object, claims: object): string {
  return [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
}
