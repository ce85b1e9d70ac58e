import { readFileSync } from 'node:fs';
import { FAULTS } from './table.ts';

const PAGE = readFileSync('docs/reliability.md', 'utf8');

test.each(Object.values(FAULTS))('docs/reliability.md promises: $fault', ({ fault, outcome }) => {
  expect(PAGE).toContain(`| ${fault} | ${outcome} |`);
});

test('docs/reliability.md promises nothing that is not tried', () => {
  const [, faults = ''] = PAGE.split('## Faults in a rehearsal');
  const rows = faults.split('\n').filter((line) => /^\| (?!what|---)/.test(line));

  expect(rows).toHaveLength(Object.keys(FAULTS).length);
});
