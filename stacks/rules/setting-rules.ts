/** What one environment's settings must keep that their form cannot say. */
import { expectedRange } from './address-range.ts';
import {
  EXPECTED_CLASS,
  expectedTasks,
  isKnownClass,
  isWithinBudget,
} from './connection-budget.ts';
import { REFUSED_WORDS, WITHOUT_REFUSED_WORDS } from './environment-name.ts';
import type { Settings } from '../settings.ts';
import { unreachable } from './task-destinations.ts';

export interface SettingRule {
  /** The setting that is named when the rule is broken. */
  readonly setting: string;
  /** Others that it looks at: with one of them malformed, it is not asked. @default none */
  readonly reads?: readonly string[];
  readonly holds: (settings: Settings) => boolean;
  readonly expected: string | ((settings: Settings) => string);
}

/** MiB that Fargate offers with each number of CPU units. */
const MEMORY = {
  256: { sizes: [512, 1024, 2048], words: '512, 1024 or 2048' },
  512: { sizes: sizes(1024, 4096), words: '1024 to 4096 in steps of 1024' },
  1024: { sizes: sizes(2048, 8192), words: '2048 to 8192 in steps of 1024' },
  2048: { sizes: sizes(4096, 16_384), words: '4096 to 16384 in steps of 1024' },
  4096: { sizes: sizes(8192, 30_720), words: '8192 to 30720 in steps of 1024' },
};

export const SETTING_RULES: readonly SettingRule[] = [
  {
    setting: 'suffix',
    holds: ({ suffix = '' }) => !REFUSED_WORDS.test(suffix),
    expected: `characters ${WITHOUT_REFUSED_WORDS}`,
  },
  {
    setting: 'network.cidr',
    holds: ({ network }) => expectedRange(network.cidr) === undefined,
    expected: ({ network }) => expectedRange(network.cidr) ?? '',
  },
  {
    setting: 'network.zones',
    holds: ({ network }) => new Set(network.zones).size === network.zones.length,
    expected: 'each zone once',
  },
  {
    setting: 'network.egress',
    reads: ['identity.loginPages'],
    holds: (settings) => unreachable(settings).length === 0,
    expected: (settings) =>
      `'nat-single' or 'nat-per-zone'; tasks could not reach ${unreachable(settings).join('; ')}`,
  },
  {
    setting: 'identity.loginPrefix',
    holds: ({ identity: { loginPrefix = '' } }) => !REFUSED_WORDS.test(loginPrefix),
    expected: `a host name ${WITHOUT_REFUSED_WORDS}`,
  },
  {
    setting: 'database.maxStorageGb',
    reads: ['database.storageGb'],
    // RDS's rule, in whole numbers: 1.1 times a number is not always exact.
    holds: ({ database }) => database.maxStorageGb * 10 >= database.storageGb * 11,
    expected: ({ database }) =>
      `at least ${Math.ceil((database.storageGb * 11) / 10)}, a tenth more than storageGb`,
  },
  {
    setting: 'service.memoryMb',
    reads: ['service.cpu'],
    holds: ({ service }) => MEMORY[service.cpu].sizes.includes(service.memoryMb),
    expected: ({ service }) =>
      `MiB that Fargate offers with cpu ${service.cpu}: ${MEMORY[service.cpu].words}`,
  },
  {
    setting: 'service.maxTasks',
    reads: ['service.minTasks'],
    holds: ({ service }) => service.maxTasks >= service.minTasks,
    expected: ({ service }) => `at least minTasks, which is ${service.minTasks}`,
  },
  { setting: 'database.instanceClass', holds: isKnownClass, expected: EXPECTED_CLASS },
  {
    setting: 'service.maxTasks',
    reads: ['service.poolSize', 'database.instanceClass'],
    holds: isWithinBudget,
    expected: expectedTasks,
  },
];

function sizes(least: number, most: number): number[] {
  return Array.from({ length: (most - least) / 1024 + 1 }, (_, step) => least + step * 1024);
}
