/** An issuer of access tokens on loopback: its keys are fetched over HTTP, as those of Cognito are. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { newSigningKey, type SigningKey } from './signing-key.ts';

/** The one client whose tokens the service accepts. */
export const CLIENT_ID = 'loopback';

/** How it answers who asks for its keys: as it should, or in one of the ways of being away. */
export type Conduct = 'serves' | 'resets' | 'hangs' | 'fails' | 'babbles';

export interface Issuer {
  /** `iss` of its tokens; the keys are at `/.well-known/jwks.json`. */
  readonly url: string;
  /** The one that signs now. */
  readonly key: SigningKey;
  /** How often its keys were asked for. */
  readonly asked: number;
  conduct: Conduct;
  /** Signs with a new key from now on, and publishes no other. */
  rotate(): void;
  /** Of an access token that is good for a day. */
  claims(sub?: string, groups?: readonly string[]): Readonly<Record<string, unknown>>;
  /** `Bearer …` of the customer with this id. @param groups `['admins']` for staff */
  authorization(sub?: string, groups?: readonly string[]): string;
  close(): Promise<void>;
}

/** Seconds that a token is good for. */
const LIFETIME = 24 * 3600;

export async function startIssuer(): Promise<Issuer> {
  let key = newSigningKey();
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    ANSWERS[issuer.conduct](response, JSON.stringify({ keys: [key.jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: Issuer = {
    url,
    conduct: 'serves',
    get key() {
      return key;
    },
    get asked() {
      return asked;
    },
    rotate() {
      key = newSigningKey();
    },
    claims: (sub = uuidv7(), groups = []) => claimsOf(url, sub, groups),
    authorization: (sub, groups) => `Bearer ${key.sign(issuer.claims(sub, groups))}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return issuer;
}

const ANSWERS: Readonly<Record<Conduct, (response: ServerResponse, keys: string) => void>> = {
  serves: (response, keys) => response.setHeader('content-type', 'application/json').end(keys),
  resets: (response) => response.destroy(),
  hangs: () => undefined,
  fails: (response) => response.writeHead(500).end(),
  babbles: (response) => response.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>'),
};

function claimsOf(url: string, sub: string, groups: readonly string[]) {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: url,
    sub,
    jti: uuidv7(),
    token_use: 'access',
    client_id: CLIENT_ID,
    scope: 'openid',
    iat: now,
    exp: now + LIFETIME,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
  };
}
