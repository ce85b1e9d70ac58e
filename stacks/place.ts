/** Where stacks live, and how everything in them is named. */
import { PROJECT } from '../contract.ts';
import { SettingsError } from './settings-error.ts';
import type { Settings } from './settings.ts';

/** An account or an environment: what each stack needs to know of its surroundings. */
export interface Place {
  /** First part of the stacks' names: `dev`, `dev-copy`, or the project's for an account. */
  readonly label: string;
  /** First part of the resources' names: `fargate-store-dev`. 24 characters at most. */
  readonly prefix: string;
  readonly accountId: string;
  readonly region: string;
  readonly stateBucket: string;
  /** First part of the states' names in the bucket; kept when a second account renames stacks. */
  readonly statePrefix: string;
  readonly dataMayBeLost: boolean;
  readonly tags: {
    readonly Environment: string;
    readonly Owner: string;
    readonly CostCenter: string;
  };
}

/** One environment: its settings and its names. */
export type Environment = Settings & Place & { readonly name: string };

/** One account in one region: what its environments share. */
export type Account = Place & { readonly environments: readonly Environment[] };

/** Load balancers have 32 characters for their names, and ours end in `-` and up to 7 more. */
export const LONGEST_PREFIX = 24;

export function toEnvironment(name: string, settings: Settings, stateBucket?: string): Environment {
  const { suffix, accountId, region, owner, costCenter } = settings;
  const label = suffix === undefined ? name : `${name}-${suffix}`;
  const prefix = `${PROJECT}-${label}`;
  if (prefix.length > LONGEST_PREFIX) {
    throw new SettingsError([
      `${name}: the names of its resources would begin with '${prefix}', ${prefix.length} characters; expected at most ${LONGEST_PREFIX}: shorten the environment's name, its suffix or the project's name (npm run rename)`,
    ]);
  }
  return {
    ...settings,
    name,
    label,
    prefix,
    stateBucket: stateBucket ?? stateBucketName(accountId, region),
    statePrefix: label,
    tags: { Environment: label, Owner: owner, CostCenter: costCenter },
  };
}

function stateBucketName(accountId: string, region: string): string {
  return `${PROJECT}-state-${accountId}-${region}`;
}

/** The accounts of the environments, in the order of the table. */
export function accountsOf(environments: readonly Environment[]): Account[] {
  const groups = Map.groupBy(environments, ({ accountId, region }) => `${accountId}-${region}`);
  return [...groups].map(([place, members]) => {
    const [first] = members as [Environment];
    return {
      // With one account its stacks need no number in their names.
      label: groups.size === 1 ? PROJECT : `${PROJECT}-${place}`,
      prefix: PROJECT,
      accountId: first.accountId,
      region: first.region,
      stateBucket: first.stateBucket,
      statePrefix: PROJECT,
      dataMayBeLost: members.every((member) => member.dataMayBeLost),
      tags: { ...first.tags, Environment: 'shared' },
      environments: members,
    };
  });
}
