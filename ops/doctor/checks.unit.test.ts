import { someTable } from '../../stacks/testing/some-table.ts';
import { tableWith } from '../../stacks/testing/tables.ts';
import { Refusal } from '../deployment/refusal.ts';
import { asText, examine, ok, warning, wrong } from './diagnosis.ts';
import { clock, expiry, notLetIn, regionOfShell } from './identity.ts';
import { refusesPlainHttp } from './state-bucket.ts';
import { providersLocked, tableChecks } from './table.ts';
import { howProvidersCome, isAtLeast, nodeVersion, notAsLocked } from './tools.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

test('a check that fails is a finding, and the others are made all the same', async () => {
  const found = await examine([
    { what: 'one', look: () => Promise.reject(new Error('broken')) },
    { what: 'two', look: async () => [ok('two', 'fine')] },
  ]);

  expect(found).toEqual([wrong('one', 'cannot be looked at: broken'), ok('two', 'fine')]);
});

test('what one may not see is not wrong', async () => {
  const refusal = Object.assign(new Error('not you'), { name: 'AccessDeniedException' });

  const found = await examine([{ what: 'one', look: () => Promise.reject(refusal) }]);

  expect(found).toEqual([warning('one', 'cannot be looked at: not you')]);
});

test('each is a line, and the last line counts', () => {
  expect(asText([ok('git', '2.47'), warning('clock', 'off'), wrong('npm ci', 'a\nb')])).toBe(
    'ok       git     2.47\nwarning  clock   off\nwrong    npm ci  a\n                 b\n\n1 wrong, 1 warnings, 1 ok',
  );
});

test.each([
  ['v24.21.0', 'ok'],
  ['v24.1.0', 'warning'],
  ['v20.20.2', 'wrong'],
  ['v240.0.0', 'wrong'],
])('Node %s is %s where 24.21.0 is pinned', (found, verdict) => {
  expect(nodeVersion('24.21.0', found)).toMatchObject({ verdict });
});

test('what is not as locked is named; what is optional may be missing', () => {
  const locked = {
    '': {},
    'node_modules/pg': { version: '8.1.0' },
    'node_modules/a/node_modules/b': { version: '1.0.0' },
    'node_modules/mac-only': { version: '1.0.0', optional: true },
    'node_modules/fastify': { version: '5.0.0' },
  };

  const names = notAsLocked(locked, {
    'node_modules/pg': { version: '8.0.0' },
    'node_modules/fastify': { version: '5.0.0' },
  });

  expect(names).toEqual(['pg', 'b']);
});

test.each([
  [{ TF_CLI_CONFIG_FILE: '/x/mirror.tfrc' }, /a folder of this machine \(\/x\/mirror\.tfrc\)/],
  [{ TF_CLI_CONFIG_FILE: undefined, TF_PLUGIN_CACHE_DIR: '/c' }, /registry, kept in \/c/],
  [{ TF_CLI_CONFIG_FILE: undefined }, /finds by itself/],
  [{}, /your own configuration/],
])('where the provider comes from: %j', (variables, sentence) => {
  expect(howProvidersCome(variables)).toMatch(sentence);
});

test.each([
  ['Python 3.9.2', false],
  ['Python 3.10.0', true],
  ['Python 4.0', true],
  ['none', false],
])('%s is new enough: %s', (text, isNew) => {
  expect(isAtLeast(text, [3, 10])).toBe(isNew);
});

test.each([
  [minutes(-3), 'wrong', /expired 3 min ago/],
  [minutes(20), 'warning', /20 min left/],
  [minutes(120), 'ok', /120 min left/],
  [undefined, 'ok', /not said/],
])('credentials until %s', (end, verdict, sentence) => {
  expect(expiry(end, NOW, false)).toMatchObject({ verdict, text: expect.stringMatching(sentence) });
});

test('in a job nobody is told to sign in', () => {
  const refusal = new Refusal('sign in again', { cause: new Error('no credentials') });

  const { text } = notLetIn(refusal, true);

  expect(text).toMatch(/no credentials.*configure-aws-credentials.*id-token: write/);
  expect(text).not.toContain('sign in');
  expect(expiry(minutes(1), NOW, true).text).toMatch(/role-duration-seconds/);
  expect(notLetIn(refusal, false).text).toBe('sign in again');
  expect(notLetIn(new Refusal('another account'), true).text).toBe('another account');
});

test.each([
  [undefined, 'ok'],
  ['', 'ok'],
  ['eu-central-1', 'ok'],
  ['us-east-1', 'warning'],
])("the shell's region %s is %s", (shell, verdict) => {
  expect(regionOfShell('eu-central-1', shell)).toMatchObject({ verdict });
});

test.each([
  ['Sat, 21 Nov 2026 12:00:30 GMT', 'ok', ''],
  ['Sat, 21 Nov 2026 12:02:00 GMT', 'warning', '120 s behind'],
  ['Sat, 21 Nov 2026 11:50:00 GMT', 'wrong', '600 s ahead of'],
  [null, 'warning', 'did not say'],
  ['soon', 'warning', 'did not say'],
])("with AWS's clock at %s this one is %s", (date, verdict, sentence) => {
  expect(clock(date, NOW)).toMatchObject({ verdict, text: expect.stringContaining(sentence) });
});

test.each([
  ['', false],
  [
    '{"Statement":[{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
    false,
  ],
  [
    '{"Statement":[{"Effect":"Deny","Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
    true,
  ],
  [
    '{"Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Condition":{"Bool":{"aws:SecureTransport":["false"]}}}]}',
    true,
  ],
  [
    '{"Statement":[{"Effect":"Deny","Principal":{"AWS":"1"},"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
    false,
  ],
])('the bucket policy %s refuses plain HTTP: %s', (policy, refuses) => {
  expect(refusesPlainHttp(policy)).toBe(refuses);
});

test('a provider that the lock file does not know is wrong', () => {
  const aws = { source: 'registry.terraform.io/hashicorp/aws', version: '6.1.0' };

  expect(providersLocked([aws], [aws])).toMatchObject({ verdict: 'ok' });
  expect(providersLocked([aws], [{ ...aws, version: '5.100.0' }])).toMatchObject({
    verdict: 'wrong',
    text: expect.stringContaining(
      '5.100.0, but the stacks require registry.terraform.io/hashicorp/aws 6.1.0',
    ),
  });
});

test('a table with a fault is told in its own words, and nothing else fails of it', async () => {
  const table = tableWith({ 'dev.database.storageGb': 1 });

  const found = await examine(tableChecks(table, 'dev'));

  expect(found.find(({ what }) => what === 'settings')).toMatchObject({
    verdict: 'wrong',
    text: expect.stringContaining('database.storageGb'),
  });
  expect(found.map(({ what }) => what)).not.toContain('guard rails');
});

test.each([
  [undefined, ['warning', 'warning', 'warning']],
  ['dev', ['wrong']],
  ['dve', ['wrong']],
])("the template's account is wrong for whoever asks for %s", async (name, verdicts) => {
  const [, environment] = tableChecks(someTable, name);

  const found = await examine(environment === undefined ? [] : [environment]);

  expect(found.map(({ verdict }) => verdict)).toEqual(verdicts);
});
