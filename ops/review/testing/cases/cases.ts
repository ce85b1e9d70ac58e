/** All cases by the name of the plan that has them. */
import type { Case } from '../case.ts';
import { COSMETIC } from './cosmetic.ts';
import { DATA_LOSS } from './data-loss.ts';
import { DOWNTIME } from './downtime.ts';
import { EXPIRY } from './expiry.ts';
import { FRONT_DOORS } from './front-doors.ts';
import { MONEY } from './money.ts';
import { NETWORK_EXPOSURE } from './network-exposure.ts';
import { POWER } from './power.ts';
import { PROTECTION } from './protection.ts';
import { PUBLIC_ACCESS } from './public-access.ts';
import { SECRETS } from './secrets.ts';
import { SERVICE_CHANGES } from './service-changes.ts';

export const CASES: Readonly<Record<string, readonly Case[]>> = {
  cosmetic: COSMETIC,
  'data-loss': DATA_LOSS,
  downtime: DOWNTIME,
  expiry: EXPIRY,
  'front-doors': FRONT_DOORS,
  money: MONEY,
  'network-exposure': NETWORK_EXPOSURE,
  power: POWER,
  protection: PROTECTION,
  'public-access': PUBLIC_ACCESS,
  secrets: SECRETS,
  'service-changes': SERVICE_CHANGES,
};
