/** Secrets that come in another dress, and texts that would act on whoever reads them. */
import { asJson } from './as-json.ts';
import { asMarkdown } from './markdown.ts';
import { review } from './review.ts';
import { asTerminal } from './terminal.ts';
import { planOf } from './testing/engine/one-change.ts';

const SECRET = 'p<a>ss&w"ord';

test.each([
  [
    'JSON of Terraform',
    JSON.stringify({ p: SECRET })
      .replace('<', '\\u003c')
      .replace('>', '\\u003e')
      .replace('&', '\\u0026'),
  ],
  ['an address', `postgres://u:${encodeURIComponent(SECRET)}@host/db`],
  ['base64', Buffer.from(SECRET).toString('base64')],
])('a secret is hidden in %s too', (_, dressed) => {
  const plan = planOf([
    {
      address: 'aws_thing.one',
      before: { password: 'old-password', url: 'none' },
      after: { password: SECRET, url: dressed },
      sensitive: { password: true },
    },
  ]);

  expect(asJson(review([plan]))).not.toContain(JSON.stringify(dressed).slice(1, -1));
});

test('a value within a sensitive document is hidden elsewhere too', () => {
  const plan = planOf([
    {
      address: 'aws_thing.one',
      before: {},
      after: { document: JSON.stringify({ of: [{ password: 'canary-1' }] }), url: 'u:canary-1@h' },
      sensitive: { document: true },
    },
  ]);

  expect(asJson(review([plan]))).not.toContain('canary');
});

test('a secret that is a name in a map is hidden, and two such names stay two', () => {
  const tags = { 'canary-1': 'a', 'canary-2': 'b', 'at-canary-3': 'c' };
  const plan = planOf(
    [
      {
        address: 'aws_thing.one',
        actions: ['delete', 'create'],
        before: { tags: {} },
        after: { tags, secrets: ['canary-1', 'canary-2', 'canary-3'] },
        unknown: { tags: { 'canary-1': true } },
        sensitive: { secrets: true, tags: { 'canary-2': true } },
      },
    ],
    {
      output_changes: {
        names: {
          actions: ['create'],
          before: null,
          after: { 'canary-1': ['canary-1'] },
          after_sensitive: { 'canary-1': true },
          after_unknown: { 'canary-1': [true] },
        },
      },
    },
  );

  const json = asJson(review([plan]));
  const [change] = plan.changes;

  expect(json).not.toContain('canary');
  expect(JSON.stringify([change?.unknown, change?.hidden])).not.toContain('canary');
  expect(Object.keys(Object(change?.after['tags'])).length).toBe(3);
});

const HOSTILE = 'a\n\n### Nothing risky\u001B[2J\u202E##[error]';

test('names of attributes, and origins, act on nobody', () => {
  const plan = {
    ...planOf([{ address: 'aws_thing.one', before: { a: 1 }, after: { a: HOSTILE } }]),
    origins: { 'aws_thing.one': { construct: HOSTILE, source: HOSTILE } },
  };
  const judge = () => [{ what: 'x', why: 'y', path: ['a', HOSTILE], after: 'z' }];
  const reviewed = review([plan], [{ id: 'r', rank: 'power', types: 'every', judge }]);
  const forms = [asJson, asMarkdown, asTerminal].map((form) => form(reviewed)).join('\n');

  expect(forms).not.toMatch(/^### Nothing risky/m);
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(forms).not.toMatch(/\u001B\[2J|\u202E|##\[/);
});

test('a name of any length does not push a finding out of the comment', () => {
  const address = `aws_db_instance.one["${'x'.repeat(100_000)}"]`;
  const comment = asMarkdown(
    review([planOf([{ address, actions: ['delete'], before: { a: 1 }, after: null }])]),
  );

  expect(comment).toContain('**`aws_db_instance.one["xxx');
  expect(comment.length).toBeLessThan(65_536);
});
