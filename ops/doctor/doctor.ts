/** All checks of a machine, a table and, for one environment, of what is in AWS. */
import type { Environment } from '../../stacks/place.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { appliedChecks } from './applied.ts';
import { type Check, type Diagnosis, examine, warning } from './diagnosis.ts';
import { identityChecks, isLetIn } from './identity.ts';
import { tokenChecks } from './job-token.ts';
import { stateBucketChecks } from './state-bucket.ts';
import { environmentOf, tableChecks } from './table.ts';
import { TOOLS } from './tools.ts';

interface Patient {
  readonly table: Table;
  /** Of the environment. @default tools and table only */
  readonly name?: string | undefined;
  /** A file that holds a token of GitHub, or `-`. @default that of the job it runs in */
  readonly token?: string | undefined;
  /** Asks nothing of AWS. @default tools and table */
  readonly here?: readonly Check[];
}

/** @throws Interrupted */
export async function diagnose(patient: Patient): Promise<Diagnosis[]> {
  const { table, name, token } = patient;
  const here = await examine(patient.here ?? [...TOOLS, ...tableChecks(table, name)]);
  const environment = name === undefined ? undefined : environmentOf(table, name);
  if (environment === undefined) return here;
  const identity = await examine([
    ...tokenChecks(environment, token),
    ...identityChecks(environment),
  ]);
  if (!isLetIn(identity)) return [...here, ...identity, NOT_LOOKED_AT];
  return [...here, ...identity, ...(await inAws(table, environment))];
}

const NOT_LOOKED_AT = warning(
  'in AWS',
  'state bucket, registry, roles, stacks and locks were not looked at: that takes credentials of the account',
);

function inAws(table: Table, environment: Environment): Promise<Diagnosis[]> {
  const { account } = find(table, environment.name);
  return examine([
    ...stateBucketChecks(account, environment),
    ...appliedChecks(table, account, environment),
  ]);
}
