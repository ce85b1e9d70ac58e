/** All rules, the worst rank first. */
import type { Rule } from '../rule.ts';
import { COSMETIC } from './cosmetic.ts';
import { madeOrGone } from './costly.ts';
import { DATA_LOSS } from './data-loss.ts';
import { DOWNTIME } from './downtime.ts';
import { EXPIRY } from './expiry.ts';
import { FRONT_DOORS } from './front-doors.ts';
import { IDENTITIES } from './identities.ts';
import { MONEY } from './money.ts';
import { NETWORK_EXPOSURE } from './network-exposure.ts';
import { OPENINGS } from './openings.ts';
import { POWER } from './power.ts';
import { PROTECTION } from './protection.ts';
import { PUBLIC_ACCESS } from './public-access.ts';
import { openPolicy } from './public-policies.ts';
import { SECRETS } from './secrets.ts';
import { SERVICE_CHANGES } from './service-changes.ts';

export const RULES: readonly Rule[] = [
  ...DATA_LOSS,
  ...EXPIRY,
  ...PROTECTION,
  ...DOWNTIME,
  ...SERVICE_CHANGES,
  ...OPENINGS,
  ...NETWORK_EXPOSURE,
  openPolicy,
  ...PUBLIC_ACCESS,
  ...FRONT_DOORS,
  ...POWER,
  ...IDENTITIES,
  ...SECRETS,
  ...MONEY,
  madeOrGone,
  ...COSMETIC,
];
