import { environments } from './environments.ts';
import type { Settings } from './settings.ts';
import { someTable } from './testing/some-table.ts';
import { problemsOf } from './testing/tables.ts';

const { dev, prod } = someTable;

/** What synthesis says of settings that the type check let through, or never saw. */
function said(settings: Settings): readonly string[] {
  return problemsOf({ one: settings });
}

test('the table can be built', () => {
  expect(problemsOf(environments)).toEqual([]);
});

// `npm run typecheck` fails when one of the lines below is no error any more.
test('a misspelt setting is refused by the types, and at synthesis', () => {
  // @ts-expect-error -- egres is no setting
  const settings: Settings = { ...dev, network: { ...dev.network, egres: 'nat-single' } };

  expect(said(settings)).toEqual([
    'one.network.egres: unknown setting; did you mean egress? expected one of cidr, zones, egress, flowLogDays',
  ]);
});

test('whether data may be lost must be said', () => {
  const { dataMayBeLost: _, ...undecided } = dev;

  // @ts-expect-error -- dataMayBeLost is missing
  expect(said(undecided)).toEqual([
    'one.dataMayBeLost is missing: expected true or false: whether destroying it may destroy its data',
  ]);
});

test('production cannot lose data', () => {
  // @ts-expect-error -- dataMayBeLost
  const settings: Settings = { ...prod, dataMayBeLost: true };

  expect(said(settings)).toEqual([
    'one.dataMayBeLost is true: expected false (production is true)',
  ]);
});

test('production cannot show tokens to everybody on the way', () => {
  const door = { ...prod.door, address: { plainHttpExposesTokens: true } } as const;

  // @ts-expect-error -- no domain
  expect(said({ ...prod, door })).toEqual([
    'one.door.address is { plainHttpExposesTokens: true }: expected { domainName, zoneId }, so that there is TLS (production is true)',
  ]);
});

test('production has a standby database', () => {
  // @ts-expect-error -- multiAz
  const settings: Settings = { ...prod, database: { ...prod.database, multiAz: false } };

  expect(said(settings)).toEqual([
    'one.database.multiAz is false: expected true (production is true)',
  ]);
});

test('a door without a domain says what that means', () => {
  const { door } = dev;
  const address = { plainHttpExposesTokens: false } as const;

  // @ts-expect-error -- it is true or not said at all
  expect(said({ ...dev, door: { ...door, address } })).toEqual([
    'one.door.address.plainHttpExposesTokens is false: expected true, as nothing is encrypted; or { domainName, zoneId }',
  ]);
});
