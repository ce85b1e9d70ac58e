import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { localIssuer } from './local-issuer.ts';
import { tokenVerifier } from './tokens.ts';

// An issuer elsewhere: its keys are fetched over HTTP.
const issuer = localIssuer();
let server: Server;
let fetched = 0;
let jwksUri: string;

beforeAll(async () => {
  server = createServer((_request, response) => {
    fetched += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(issuer.jwks));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
});
afterAll(() => server.close());

function verifier(change: object = {}) {
  const { jwks: _jwks, ...source } = issuer.source;
  return tokenVerifier({ ...source, jwksUri, allowHttp: true, ...change });
}

function token(claims: Record<string, unknown> = {}): string {
  return issuer.token({ sub: uuidv7(), groups: ['admins'], claims }).accessToken;
}

test('the issuer’s keys are fetched once, and the group makes an admin', async () => {
  const verify = verifier();
  fetched = 0;

  const people = await Promise.all([verify(token()), verify(token()), verify(token())]);

  expect(people.map(({ kind }) => kind)).toEqual(['admin', 'admin', 'admin']);
  expect(fetched).toBe(1);
});

test.each([
  ['another issuer', { issuer: 'https://elsewhere.example' }],
  ['another client', { clientIds: ['another'] }],
])('a token of %s is refused', async (_, change) => {
  await expect(verifier(change)(token())).rejects.toMatchObject({ name: 'UNAUTHENTICATED' });
});

test.each([
  ['an ID token', { token_use: 'id' }],
  ['one without a use', { token_use: undefined }],
  ['one without a client', { client_id: undefined }],
  ['one for later', { nbf: 9_999_999_999 }],
  ['one without an end', { exp: undefined }],
  ['one without a subject', { sub: undefined }],
])('%s is no access token', async (_, claims) => {
  await expect(verifier()(token(claims))).rejects.toMatchObject({ name: 'UNAUTHENTICATED' });
});

test('plain http is not spoken unless it is allowed', async () => {
  await expect(verifier({ allowHttp: false })(token())).rejects.toMatchObject({
    name: 'IDENTITY_UNAVAILABLE',
  });
});

test('what a token holds is never in the error', async () => {
  const secret = token();

  const error = await verifier({ clientIds: ['another'] })(secret).catch(String);

  expect(error).not.toContain(secret.split('.')[1]);
});

test('a token that was accepted by a wrong clock is not remembered by the right one', async () => {
  const verify = verifier();
  const { accessToken: expired } = issuer.token({ sub: uuidv7(), expiresIn: -300 });
  const clock = import.meta.jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 600_000);

  const accepted = verify(expired);

  await expect(accepted).resolves.toBeDefined();
  clock.mockRestore();
  await expect(verify(expired)).rejects.toMatchObject({ name: 'UNAUTHENTICATED' });
});

test('a token that was accepted is refused once it has expired', async () => {
  const verify = verifier();
  const { accessToken } = issuer.token({ sub: uuidv7(), expiresIn: 300 });
  await verify(accessToken);
  const clock = import.meta.jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 301_000);

  const later = verify(accessToken);

  await expect(later).rejects.toMatchObject({ name: 'UNAUTHENTICATED' });
  clock.mockRestore();
});
