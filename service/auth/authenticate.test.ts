import { v7 as uuidv7 } from 'uuid';
import { PROJECT } from '../../contract.ts';
import { localIssuer } from './local-issuer.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

function whoAmI(authorization: string) {
  return store.request({ url: '/v1/customers/me', headers: { authorization } });
}

function signed(claims: object, issuer = store.issuer): string {
  return issuer.token({ sub: uuidv7(), ...claims }).accessToken;
}

/** The token with other claims, under the signature of the old ones. */
function forged(token: string, change: object): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, ...change })).toString('base64url');
  return [header, changed, signature].join('.');
}

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: uuidv7(), token_use: 'access', client_id: 'local', exp: 9_999_999_999 };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

test('a token says who one is', async () => {
  const sub = uuidv7();

  const response = await whoAmI(`Bearer ${signed({ sub })}`);

  expect(response.json()).toMatchObject({ id: sub });
});

test('the scheme is read in any case', async () => {
  expect((await whoAmI(`bearer ${signed({})}`)).statusCode).toBe(200);
});

test('without a credential the answer says how to have one', async () => {
  const response = await store.request({ url: '/v1/customers/me' });

  expect(response.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  expect(response.headers['www-authenticate']).toBe(`Bearer realm="${PROJECT}"`);
});

const faults: Record<string, () => string> = {
  'not a token': () => 'Bearer abc',
  'no token': () => 'Bearer ',
  'another scheme': () => 'Basic YTpi',
  'two tokens': () => `Bearer ${signed({})} ${signed({})}`,
  expired: () => `Bearer ${signed({ expiresIn: -10 })}`,
  'another subject under the old signature': () =>
    `Bearer ${forged(signed({}), { sub: uuidv7() })}`,
  'a group under the old signature': () =>
    `Bearer ${forged(signed({}), { 'cognito:groups': ['admins'] })}`,
  'signed with another key': () => `Bearer ${signed({}, localIssuer())}`,
  'not signed at all': () => `Bearer ${unsigned()}`,
  'a subject that is no UUID': () => `Bearer ${signed({ sub: 'somebody' })}`,
};

test.each(Object.entries(faults))('a bad token is 401: %s', async (_, token) => {
  const response = await whoAmI(token());

  expect(response.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  expect(response.headers['www-authenticate']).toContain('error="invalid_token"');
});

test('a bad token is 401 on public routes too', async () => {
  const headers = { authorization: 'Bearer abc' };

  expect((await store.request({ url: '/v1/products', headers })).statusCode).toBe(401);
});

test('of two credentials neither is believed', async () => {
  const good = store.newCustomer().authorization;

  for (const headers of [{ Authorization: [good, store.admin] }, { Authorization: [good, good] }]) {
    const response = await store.request({ url: '/v1/customers/me', headers });
    expect(response.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  }
});

test('an unknown route is 404 before anybody asks for a token', async () => {
  const headers = { authorization: 'Bearer abc' };

  expect((await store.request({ url: '/v1/nothing', headers })).json()).toMatchObject({
    status: 404,
    code: 'ROUTE_NOT_FOUND',
  });
});

test('who may not is told so before the body is read', async () => {
  const { authorization } = store.newCustomer();
  const headers = { authorization, 'content-type': 'text/plain' };

  const response = await store.request({ method: 'POST', url: '/v1/products', headers, body: 'x' });

  expect(response.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
});

test('a token is believed until it expires, not longer', async () => {
  const authorization = `Bearer ${signed({ expiresIn: 1 })}`;
  expect((await whoAmI(authorization)).statusCode).toBe(200);

  const deadline = Date.now() + 5000;
  let status = 200;
  while (status === 200 && Date.now() < deadline) status = (await whoAmI(authorization)).statusCode;

  expect(status).toBe(401);
});

test('development gives tokens to everybody', async () => {
  const ask = (body: object) => store.request({ method: 'POST', url: '/dev/token', body });
  const sub = uuidv7();

  const admin = (await ask({ person: 'admin' })).json<{ accessToken: string }>();
  const anyone = (await ask({ sub, expiresIn: 60 })).json<{ accessToken: string }>();

  const headers = { authorization: `Bearer ${admin.accessToken}` };
  expect((await store.request({ url: '/v1/customers', headers })).statusCode).toBe(200);
  expect((await whoAmI(`Bearer ${anyone.accessToken}`)).json()).toMatchObject({ id: sub });
  expect((await ask({ person: 'nobody' })).statusCode).toBe(400);
  expect((await store.request({ url: '/dev/jwks.json' })).json()).toMatchObject({
    keys: [{ kty: 'RSA', alg: 'RS256' }],
  });
});

test('an issuer whose keys cannot be had is nobody’s fault outside', async () => {
  const elsewhere = await startTestStore({
    environment: {
      AUTH_ISSUER: 'http://127.0.0.1:9',
      AUTH_CLIENT_IDS: 'local',
      AUTH_ALLOW_HTTP_ISSUER: 'true',
    },
  });
  const token = forged(signed({}), { iss: 'http://127.0.0.1:9' });

  const headers = { authorization: `Bearer ${token}` };
  const response = await elsewhere.request({ url: '/v1/customers/me', headers });
  await elsewhere.close();

  expect(response.json()).toMatchObject({ status: 503, code: 'IDENTITY_UNAVAILABLE' });
  expect(response.headers['retry-after']).toBeDefined();
});
