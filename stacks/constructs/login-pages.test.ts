import { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain/index.js';
import { Testing } from 'cdktf';
import type { Environment } from '../place.ts';
import { anEnvironment } from '../testing/places.ts';
import { LoginPages } from './login-pages.ts';

function pagesOf(environment: Environment): { json: string; pages: LoginPages } {
  const built: LoginPages[] = [];
  const json = Testing.synthScope((scope) => {
    built.push(new LoginPages(scope, 'pages', { environment, userPoolId: 'pool-1' }));
  });
  return { json, pages: built[0] as LoginPages };
}

const withPrefix = (loginPrefix: string) =>
  anEnvironment('dev', { identity: { ...anEnvironment().identity, loginPrefix } });

test('the host name is made of environment, account and region', () => {
  const { json, pages } = pagesOf(anEnvironment());

  const [host = ''] = pages.url.replace('https://', '').split('.');
  expect(host).toMatch(/^dev-[0-9a-f]{8}$/);
  expect(pages.url).toBe(`https://${host}.auth.eu-central-1.amazoncognito.com`);
  expect(json).toHaveResourceWithProperties(CognitoUserPoolDomain, {
    domain: host,
    user_pool_id: 'pool-1',
  });
});

test('two copies, accounts and regions have pages of their own', () => {
  const urls = [
    {},
    { suffix: 'copy' },
    { accountId: '210987654321' },
    { region: 'eu-west-1' as const },
  ].map((differences) => pagesOf(anEnvironment('dev', differences)).pages.url.split('.')[0]);

  expect(new Set(urls).size).toBe(4);
});

test('the host name can be chosen', () => {
  expect(pagesOf(withPrefix('our-shop')).json).toHaveResourceWithProperties(CognitoUserPoolDomain, {
    domain: 'our-shop',
  });
});

test('the pages are the classic ones, which need no branding', () => {
  expect(pagesOf(anEnvironment()).json).toHaveResourceWithProperties(CognitoUserPoolDomain, {
    managed_login_version: 1,
  });
});

test('signing in gives a client its code', () => {
  const { pages } = pagesOf(withPrefix('our-shop'));

  const url = pages.loginUrl({
    id: 'client-1',
    callbackUrl: 'http://localhost:1234/callback',
    scopes: ['openid', 'email'],
  });

  expect(url).toBe(
    'https://our-shop.auth.eu-central-1.amazoncognito.com/login?client_id=client-1&response_type=code&scope=openid+email&redirect_uri=http%3A%2F%2Flocalhost%3A1234%2Fcallback',
  );
});
