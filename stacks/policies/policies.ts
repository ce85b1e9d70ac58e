/** What every resource of every stack has to keep; one rule a file. */
import type { IAspect } from 'cdktf';
import { boundedRoles } from './bounded-roles.ts';
import { closedDefaultGroup } from './closed-default-group.ts';
import { destroyOrder } from './destroy-order.ts';
import { encryptedAtRest } from './encrypted-at-rest.ts';
import { guardedRollouts } from './guarded-rollouts.ts';
import { hardenedTasks } from './hardened-tasks.ts';
import { immutableImages } from './immutable-images.ts';
import { keptLogs } from './kept-logs.ts';
import { knownTypes } from './known-types.ts';
import { namedPrincipals } from './named-principals.ts';
import { noOpenIngress } from './no-open-ingress.ts';
import { noSecrets } from './no-secrets.ts';
import { nothingPublic } from './nothing-public.ts';
import { noWildcards } from './no-wildcards.ts';
import { ownReferences } from './own-references.ts';
import { type Rule, uphold } from './policy.ts';
import { privateDatabase } from './private-database.ts';
import { privateTasks } from './private-tasks.ts';
import { protectedData } from './protected-data.ts';
import { reachability } from './reachability.ts';
import { reachableHosts } from './reachable-hosts.ts';
import { renewedKeys } from './renewed-keys.ts';
import { separateRoles } from './separate-roles.ts';
import { statedEgress } from './stated-egress.ts';
import { tagged } from './tagged.ts';
import { tlsDoor } from './tls-door.ts';
import { tlsOnlyBuckets } from './tls-only-buckets.ts';
import { visibleResources } from './visible-resources.ts';
import { waivers } from '../waivers.ts';

export const RULES: readonly Rule[] = [
  // What policies can judge
  visibleResources,
  knownTypes,
  // Data
  encryptedAtRest,
  renewedKeys,
  protectedData,
  noSecrets,
  keptLogs,
  // Doors
  nothingPublic,
  tlsDoor,
  tlsOnlyBuckets,
  noOpenIngress,
  statedEgress,
  closedDefaultGroup,
  privateTasks,
  privateDatabase,
  reachableHosts,
  reachability,
  // Rights
  namedPrincipals,
  noWildcards,
  separateRoles,
  boundedRoles,
  ownReferences,
  // What runs
  hardenedTasks,
  immutableImages,
  guardedRollouts,
  destroyOrder,
  tagged,
];

export const POLICIES: readonly IAspect[] = [uphold(RULES, waivers)];
