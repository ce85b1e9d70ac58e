import { anEnvironment } from '../../stacks/testing/places.ts';
import { type Claims, claimsOf, tokenFindings } from './token.ts';

const github = {
  repository: 'octo-org/store',
  ownerId: '123456',
  repositoryId: '456789',
  provider: 'create',
} as const;
const dev = anEnvironment('dev', { github });
const NOW = new Date('2026-11-21T12:00:00Z');

const sound: Claims = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'sts.amazonaws.com',
  sub: 'repo:octo-org@123456/store@456789:environment:dev',
  ref: 'refs/heads/main',
  exp: NOW.getTime() / 1000 + 300,
  repository: 'octo-org/store',
  repository_id: '456789',
  repository_owner_id: '123456',
};

function token(claims: unknown): string {
  const part = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmVk\n`;
}

/** @returns what is said of the claims that differ from a sound token's */
function said(differences: Partial<Claims>, environment = dev): string {
  const found = tokenFindings(token({ ...sound, ...differences }), environment, NOW);
  return found
    .filter(({ verdict }) => verdict === 'wrong')
    .map(({ what, text }) => `${what}: ${text}`)
    .join('\n');
}

test.each([
  'repo:octo-org/store:environment:dev',
  'repo:octo-org@123456/store@456789:environment:dev',
])('%s may apply, and is told what it takes to plan', (sub) => {
  const found = tokenFindings(token({ ...sound, sub }), dev, NOW);

  expect(found.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(found.at(-1)?.text).toMatch(/may apply dev; to plan, let the job run for pull_request/);
});

test('a pull request may plan, and is told what it takes to apply', () => {
  const found = tokenFindings(
    token({ ...sound, sub: 'repo:octo-org/store:pull_request' }),
    dev,
    NOW,
  );

  expect(found.at(-1)).toMatchObject({
    verdict: 'ok',
    text: expect.stringMatching(/may plan dev; to apply, write 'environment: dev' into the job/),
  });
});

test.each<[string, Partial<Claims>, RegExp]>([
  ['issuer', { iss: 'https://gitlab.com' }, /^token: iss: it is from https:\/\/gitlab\.com/],
  [
    'issuer of an enterprise',
    { iss: 'https://token.actions.githubusercontent.com/octo-inc' },
    /your enterprise has of its own.*\ngh api .*enterprises\/octo-inc\/actions\/oidc\/customization\/issuer/,
  ],
  [
    'branch, with the environment',
    { ref: 'refs/heads/feature' },
    /^token: ref: it says refs\/heads\/feature, .* takes refs\/heads\/main only: let the job run on/,
  ],
  [
    'number of the repository, by the same name',
    { sub: 'repo:octo-org/store:environment:dev', repository_id: '999' },
    /^token: repository_id: it says 999, .* takes 456789 only: .*\n.*repositoryId: '999'/,
  ],
  [
    'number of the repository, for a plan',
    { sub: 'repo:octo-org/store:pull_request', repository_id: '9', ref: 'refs/pull/1/merge' },
    /^token: repository_id: it says 9, and the role to plan dev takes 456789 only/,
  ],
  ['audience', { aud: 'https://github.com/octo-org' }, /^token: aud: .*octo-org.*'audience'/],
  ['expiry', { exp: NOW.getTime() / 1000 - 42 }, /^token: exp: it expired 42 s ago/],
  [
    'branch, without an environment',
    { sub: 'repo:octo-org/store:ref:refs/heads/feature' },
    /^token: sub: .*No role trusts a job of 'ref:refs\/heads\/feature'.*'environment: dev'/,
  ],
  [
    'environment',
    { sub: 'repo:octo-org@123456/store@456789:environment:prod' },
    /GitHub's environment prod, not dev: write 'environment: dev'/,
  ],
  [
    'number of the repository',
    { sub: 'repo:octo-org@123456/store@999:environment:dev', repository_id: '999' },
    /The numbers differ: .*456789.*\n.*repositoryId: '999'/,
  ],
  [
    'capitals',
    { sub: 'repo:Octo-Org/store:environment:dev', repository: 'Octo-Org/store' },
    /letter by letter.*octo-org\/store.*\n.*repository: 'Octo-Org\/store'/,
  ],
  [
    'repository',
    { sub: 'repo:octo-org/shop:environment:dev', repository: 'octo-org/shop' },
    /of the repository octo-org\/shop, and dev trusts octo-org\/store/,
  ],
  [
    'form of its own',
    { sub: 'repository_owner:octo-org:environment:dev' },
    /form of its own.*\ngh api .*repos\/octo-org\/store\/actions\/oidc\/customization\/sub/,
  ],
  ['subject that is not there', { sub: '' }, /it says nothing/],
])('another %s is named, and nothing else', (_, differences, sentence) => {
  const text = said(differences);

  expect(text).toMatch(sentence);
  expect(text.match(/^token: /gm)).toHaveLength(1);
});

test('an environment without a repository gets the setting to copy', () => {
  expect(said({}, anEnvironment('dev'))).toContain(
    "github: { repository: 'octo-org/store', ownerId: '123456', repositoryId: '456789', provider: 'create' }",
  );
});

test.each(['', 'word', 'a.b.c', `x.${Buffer.from('"text"').toString('base64url')}.y`])(
  'what is no token is said to be none: %j',
  (text) => {
    expect(claimsOf(text)).toBeUndefined();
    expect(tokenFindings(text, dev, NOW)).toMatchObject([{ what: 'token', verdict: 'wrong' }]);
  },
);

test('the token itself is never shown', () => {
  const text = token({ ...sound, sub: 'other' });

  const found = JSON.stringify(tokenFindings(text, dev, NOW));

  for (const part of text.trim().split('.')) expect(found).not.toContain(part);
});
