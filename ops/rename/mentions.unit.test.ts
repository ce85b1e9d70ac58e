import { readFileSync } from 'node:fs';
import { PROJECT } from '../../contract.ts';
import { PLACES, renamed } from './mentions.ts';

const labels = ['dev', 'prod-copy', 'state'];

function text(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

test.each(Object.entries(PLACES))('%s has the name where it is looked for', (path, places) => {
  for (const place of places(PROJECT)) expect(text(path)).toContain(place);
});

test('a name of several words is changed wherever it stands', () => {
  const before =
    '# old-shop\n`old-shop-dev`, alias/old-shop, aws-waf-logs-old-shop-dev; old-shopper, bold-shop';

  const after = renamed(before, 'README.md', { from: 'old-shop', to: 'acme', labels });

  expect(after).toBe(
    '# acme\n`acme-dev`, alias/acme, aws-waf-logs-acme-dev; old-shopper, bold-shop',
  );
});

test('a name that may be a word is changed only where it is certainly the name', () => {
  const before =
    '# shop\nThe shop: `shop-dev-task`, /shop/dev/settings, shop-prod-copy, shop-state-1, shop-door\n';

  const after = renamed(before, 'README.md', { from: 'shop', to: 'acme', labels });

  expect(after).toBe(
    '# acme\nThe shop: `acme-dev-task`, /acme/dev/settings, acme-prod-copy, acme-state-1, shop-door\n',
  );
});

test.each([
  ['old-shop', 'my-old-shop'],
  ['shop', 'shop-two'],
  ['old-shop', 'shop'],
])('from %s to %s twice is the same as once', (from, to) => {
  const names = { from, to, labels };
  const before = `# ${from}\nSee ${from}-dev.\n`;

  const once = renamed(before, 'README.md', names);

  expect(once).toBe(`# ${to}\nSee ${to}-dev.\n`);
  expect(renamed(once, 'README.md', names)).toBe(once);
});
