/** What production is not free to choose: nothing of customers is lost, and no lost part is an outage. */
import type { SettingRule } from './setting-rules.ts';
import type { Settings } from '../settings.ts';

/** Days of backups: mistakes are noticed after a weekend, or after a week. */
const LEAST_BACKUP_DAYS = 7;

const IN_PRODUCTION: readonly ProductionRule[] = [
  { setting: 'dataMayBeLost', holds: (settings) => !settings.dataMayBeLost, expected: 'false' },
  {
    setting: 'door.address',
    holds: ({ door }) => 'domainName' in door.address,
    expected: '{ domainName, zoneId }, so that there is TLS',
  },
  { setting: 'database.multiAz', holds: ({ database }) => database.multiAz, expected: 'true' },
  {
    setting: 'database.backupDays',
    holds: ({ database }) => database.backupDays >= LEAST_BACKUP_DAYS,
    expected: `at least ${LEAST_BACKUP_DAYS}`,
  },
  {
    setting: 'service.minTasks',
    holds: ({ service }) => service.minTasks >= 2,
    expected: 'at least 2, in two zones',
  },
  {
    setting: 'service.spotPercent',
    holds: ({ service }) => service.spotPercent <= 50,
    expected: 'at most 50, so that half stays when AWS takes its Spot capacity back',
  },
];

interface ProductionRule {
  readonly setting: string;
  readonly holds: (settings: Settings) => boolean;
  readonly expected: string;
}

export const PRODUCTION_RULES = IN_PRODUCTION.map(({ setting, holds, expected }): SettingRule => ({
  setting,
  reads: ['production'],
  holds: (settings) => !settings.production || holds(settings),
  expected: `${expected} (production is true)`,
}));
