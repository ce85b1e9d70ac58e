/** What every resource of every stack has to keep; one rule a file. */
import type { IAspect } from 'cdktf';
import { encryptedAtRest } from './encrypted-at-rest.ts';
import { namedPrincipals } from './named-principals.ts';
import { noOpenIngress } from './no-open-ingress.ts';
import { nothingPublic } from './nothing-public.ts';
import { type Rule, uphold } from './policy.ts';
import { waivers } from '../waivers.ts';
import { tagged } from './tagged.ts';

export const RULES: readonly Rule[] = [
  encryptedAtRest,
  nothingPublic,
  namedPrincipals,
  noOpenIngress,
  tagged,
];

export const POLICIES: readonly IAspect[] = [uphold(RULES, waivers)];
