/** What is there of the account and the environment: registry, pipelines' roles, stacks, locks. */
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { GetPolicyCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { boundaryArn } from '../../stacks/constructs/boundary.ts';
import type { Account, Environment, Place } from '../../stacks/place.ts';
import { type Pipeline, subjectsOf } from '../../stacks/pipelines/subjects.ts';
import { STACKS } from '../deployment/environment-stacks.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { Table } from '../deployment/synthesis.ts';
import { repositoryName } from '../running/names.ts';
import { readState } from '../running/states.ts';
import { unlessGone } from '../running/unless-gone.ts';
import { ago } from '../status/finding.ts';
import { type Holder, holderOf } from '../unlock/holder.ts';
import { type Lock, locksOf } from '../unlock/locks.ts';
import { type Check, type Diagnosis, ok, warning, wrong } from './diagnosis.ts';
import { trustDifferences } from './trust.ts';

export function appliedChecks(table: Table, account: Account, environment: Environment): Check[] {
  const pipelines = environment.github === undefined ? [] : (['plan', 'apply'] as const);
  return [
    { what: 'registry', look: async () => [await registry(account, environment)] },
    { what: 'boundary', look: async () => [await boundary(environment)] },
    ...pipelines.map((pipeline) => ({
      what: `${pipeline} role`,
      look: async () => [await role(environment, pipeline)],
    })),
    { what: 'stacks', look: async () => [await stacks(environment)] },
    { what: 'locks', look: () => locks(table, account, environment) },
  ];
}

async function registry({ region }: Account, { name }: Environment): Promise<Diagnosis> {
  try {
    const ecr = new ECRClient({ region });
    await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
    return ok('registry', `the repository ${repositoryName} is there`);
  } catch (error) {
    if ((error as Error).name !== 'RepositoryNotFoundException') throw error;
    return wrong('registry', `there is no repository ${repositoryName} yet: ${bootstrap(name)}`);
  }
}

async function boundary(environment: Environment): Promise<Diagnosis> {
  const PolicyArn = boundaryArn(environment);
  const iam = new IAMClient({ region: environment.region });
  const isThere = await unlessGone(iam.send(new GetPolicyCommand({ PolicyArn })));
  if (isThere !== undefined) return ok('boundary', 'what its roles may be given at most is there');
  return wrong(
    'boundary',
    `${PolicyArn} is not there, and without it no role of ${environment.name} can be made: ${bootstrap(environment.name)}`,
  );
}

async function role(environment: Environment, pipeline: Pipeline): Promise<Diagnosis> {
  const RoleName = `${environment.prefix}-${pipeline}`;
  const iam = new IAMClient({ region: environment.region });
  const answer = await unlessGone(iam.send(new GetRoleCommand({ RoleName })));
  const what = `${pipeline} role`;
  if (answer === undefined) {
    return wrong(what, `there is no ${RoleName} yet: ${bootstrap(environment.name)}`);
  }
  const document = decodeURIComponent(answer.Role?.AssumeRolePolicyDocument ?? '{}');
  const differences = trustDifferences(document, environment, pipeline);
  if (differences.length === 0) {
    return ok(what, `${RoleName} trusts ${subjectsOf(environment, pipeline).join(', ')}`);
  }
  return wrong(
    what,
    `${RoleName} trusts others than the table says: ${bootstrap(environment.name)} puts it right\n${differences.join('\n')}`,
  );
}

async function stacks(environment: Environment): Promise<Diagnosis> {
  const states = await Promise.all(STACKS.map((stack) => readState(environment, stack)));
  const isApplied = states.map((state) => (state?.resources.length ?? 0) > 0);
  const applied = STACKS.filter((_, index) => isApplied[index]);
  const missing = STACKS.filter((_, index) => !isApplied[index]);
  if (missing.length === 0) return ok('stacks', `all applied: ${applied.join(', ')}`);
  const release = `npm run release -- ${environment.name}`;
  if (applied.length === 0) return warning('stacks', `none is applied yet: ${release}`);
  return warning(
    'stacks',
    `${applied.join(', ')} are applied, ${missing.join(', ')} not: ${release} goes on from there`,
  );
}

/** A lock is nothing bad: somebody may be at work. */
async function locks(table: Table, account: Account, environment: Environment) {
  const concerned = locksOf(table).filter(
    ({ place }) => isSame(place, account) || isSame(place, environment),
  );
  const found = await Promise.all(concerned.map(lockFinding));
  const held = found.flat();
  return held.length === 0 ? [ok('locks', 'nobody is at work')] : held;
}

async function lockFinding(lock: Lock): Promise<Diagnosis[]> {
  try {
    const holder = await holderOf(lock);
    return holder === undefined ? [] : [lockedBy(lock, holder)];
  } catch (error) {
    // There is no bucket, which has been told.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function lockedBy({ name }: Lock, { who, operation, since }: Holder): Diagnosis {
  return warning(
    'locks',
    `${name} is locked by ${who} (${operation}), ${ago(since)}: wait, or npm run unlock -- ${name}`,
  );
}

/** The same account, or the same environment. */
function isSame(one: Place, other: Place): boolean {
  return one.label === other.label && one.statePrefix === other.statePrefix;
}

function bootstrap(name: string): string {
  return `npm run bootstrap -- ${name}`;
}
