import { PROJECT } from '../../contract.ts';
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import { someTable } from '../../stacks/testing/some-table.ts';
import { tableWith } from '../../stacks/testing/tables.ts';
import { compare } from './comparison.ts';
import { page } from './page.ts';
import { stackNames } from './stack-names.ts';

function pageOf(table: ReturnType<typeof tableWith>, width = 100): string[] {
  const environments = loadEnvironments(table);
  return page(compare(environments, table), stackNames(environments), width).split('\n');
}

test('what differs comes first and marked, then what is the same everywhere', () => {
  const lines = pageOf(someTable);

  const everywhere = lines.indexOf('  the same everywhere');
  expect(lines[2]).toMatch(/^ +dev +staging +prod$/);
  expect(lines).toContainEqual(expect.stringMatching(/^\* dataMayBeLost +true +false +false$/));
  expect(lines.findLastIndex((line) => line.startsWith('* '))).toBeLessThan(everywhere);
  expect(lines.slice(everywhere)).toContainEqual(
    expect.stringMatching(/^ {2}service\.architecture +ARM64$/),
  );
});

test('a setting that an environment does not have is shown as missing', () => {
  expect(pageOf(someTable)).toContainEqual(
    expect.stringMatching(/^\* door\.address\.plainHttpExposesTokens +true +- +-$/),
  );
});

test('the names that follow from the settings are there', () => {
  const lines = pageOf(tableWith({ 'dev.suffix': 'x' }), 200);

  expect(lines).toContainEqual(
    expect.stringMatching(/^\* \(stacks\) +dev-x-\* +staging-\* +prod-\*$/),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(`^  \\(state bucket\\) +${PROJECT}-state-000000000000-eu-central-1$`),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(
      `^  000000000000 in eu-central-1 +${PROJECT}-state, ${PROJECT}-registry$`,
    ),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(/^ {2}dev-x +dev-x-network, dev-x-identity, .*dev-x-service$/),
  );
});

test('three environments in three accounts fit 100 columns, and nothing is cut off', () => {
  const table = tableWith({
    'dev.accountId': '111111111111',
    'staging.region': 'ap-southeast-1',
    'prod.door.address.domainName': 'a-very-long-name.of-a-shop.in-some-place.example.com',
  });

  const lines = pageOf(table);

  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(lines.join('').replaceAll(/\s/g, '')).toContain('example.com');
});

test('into a pipe go no colours', () => {
  expect(pageOf(someTable).join('\n')).not.toContain('\u001B');
});

test('one environment is compared with nothing', () => {
  const [dev] = loadEnvironments(someTable);

  const { differing, same } = compare(dev === undefined ? [] : [dev], someTable);

  expect(differing).toEqual([]);
  expect(same).toContainEqual({ name: 'network.zones', values: ['a, b'] });
  expect(same).toContainEqual({ name: 'service.corsOrigins', values: ['none'] });
});
