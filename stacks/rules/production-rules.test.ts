import { problemsOf, tableWith } from '../testing/tables.ts';

const demands: Record<string, [value: unknown, expected: string]> = {
  dataMayBeLost: [true, 'false'],
  'door.address': [
    { plainHttpExposesTokens: true },
    '{ domainName, zoneId }, so that there is TLS',
  ],
  'database.multiAz': [false, 'true'],
  'database.backupDays': [6, 'at least 7'],
  'service.minTasks': [1, 'at least 2, in two zones'],
  'service.spotPercent': [
    51,
    'at most 50, so that half stays when AWS takes its Spot capacity back',
  ],
};

test.each(Object.entries(demands))(
  'production is not free to choose %s',
  (setting, [value, expected]) => {
    expect(problemsOf(tableWith({ [`prod.${setting}`]: value }))).toEqual([
      expect.stringMatching(
        `^prod\\.${setting} is .*: expected ${expected} \\(production is true\\)$`,
      ),
    ]);
  },
);

test.each(Object.entries(demands))('others are free to choose %s', (setting, [value]) => {
  const table = tableWith({ [`staging.${setting}`]: value, 'staging.service.maxTasks': 4 });

  expect(problemsOf(table)).toEqual([]);
});
