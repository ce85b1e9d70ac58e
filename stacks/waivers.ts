/* oxlint-disable eslint/max-lines -- a catalogue is long */
/**
 * Where a policy or a check of checkov does not hold, why, who answers for it, and until when.
 * `npm run waivers` lists them with the days left; `npm run checkov` says what needs one.
 */
import type { Waiver } from './policies/waiver.ts';

const owner = 'store-team';

/** Somebody's data, money or outage: looked at again after half a year. */
const soon = { owner, expires: '2027-05-31' } as const;
/** Only a change of AWS, of checkov or of ours would change it. */
const settled = { owner, expires: '2027-11-15' } as const;

const LOG_GROUPS = [
  '*-network/flow-log/log-group',
  '*-database/postgres/*-log',
  '*-migration/log',
  '*-migration/failures/log',
  '*-network/cluster/console-log',
  '*-service/task/logs',
  '*-service/door/firewall/logs',
];

/** Of access logs, where a table has them. */
const ACCESS_LOGS = {
  path: '*-service/door/access-logs/bucket/bucket',
  builtSometimes: true,
} as const;
const STATES = { path: '*-state/bucket/bucket' } as const;

export const waivers: readonly Waiver[] = [
  // Without a domain there is no TLS: only where a table says plainHttpExposesTokens.
  {
    rule: 'CKV_AWS_2',
    path: '*-service/door/http',
    reason:
      'Only where the table says plainHttpExposesTokens, to try things out before there is a domain; production is refused it',
    ...soon,
  },
  {
    rule: 'CKV_AWS_103',
    path: '*-service/door/http',
    reason:
      'Without a domain (plainHttpExposesTokens, never production) there is no TLS at all, so no version of it either',
    ...soon,
  },
  {
    rule: 'CKV2_AWS_20',
    path: '*-service/door/balancer',
    reason:
      'With a domain port 80 redirects; without one (plainHttpExposesTokens, never production) there is nothing to redirect to',
    ...soon,
  },
  {
    rule: 'CKV_AWS_378',
    path: '*-service/door/target-group/group',
    reason:
      'Between door and tasks it is HTTP, in private subnets and from one security group to one other; each task would need a certificate',
    ...settled,
  },

  // What a table may choose where no customers are.
  {
    rule: 'CKV_AWS_150',
    path: '*-service/door/balancer',
    reason: 'Only where the table says dataMayBeLost: such an environment is destroyed in one go',
    ...soon,
  },
  {
    rule: 'CKV_AWS_293',
    path: '*-database/postgres/instance',
    reason: 'Only where the table says dataMayBeLost: such an environment is destroyed in one go',
    ...soon,
  },
  {
    rule: 'CKV_AWS_157',
    path: '*-database/postgres/instance',
    reason:
      'A standby doubles the price of the database: production must have one (rules/production-rules.ts), others choose',
    ...soon,
  },
  {
    rule: 'CKV_AWS_91',
    path: '*-service/door/balancer',
    reason:
      "Access logs hold people's addresses and are paid: a table chooses with accessLogDays, and the service logs each request anyway",
    ...soon,
  },

  // The door.
  {
    rule: 'CKV_AWS_260',
    path: '*-service/door/ipv4-80',
    reason:
      'The door is for the world: with a domain port 80 redirects people who typed the name alone, without one it is all there is',
    ...settled,
  },
  {
    rule: 'CKV2_AWS_76',
    path: '*-service/door/balancer',
    reason:
      'The rules against Log4Shell are on (KnownBadInputs) and nothing here is Java; the check also wants the anonymous-address list, which shuts out people behind a VPN',
    ...settled,
  },

  // The database and its logins.
  {
    rule: 'CKV_AWS_118',
    path: '*-database/postgres/instance',
    reason:
      'Enhanced Monitoring is paid and needs a role of its own; Database Insights is on and shows where load comes from',
    ...soon,
  },
  {
    rule: 'CKV_AWS_161',
    path: '*-database/postgres/instance',
    reason:
      "Nobody sees the logins' passwords and they change on a schedule; IAM's tokens end after 15 minutes, too soon for a pool that opens connections at any time",
    ...settled,
  },
  {
    rule: 'CKV2_AWS_57',
    path: '*-database/application-secret/secret',
    reason:
      "The rotation task changes it on its schedule (migration stack); the check knows only Secrets Manager's rotation by a Lambda function",
    ...settled,
  },

  ...each(['*-migration/psql/task/definition'], {
    rule: 'hardened-tasks',
    reason:
      'People enter this one task (ECS Exec), whose agent has to write into the container, says AWS; it runs only while somebody works, and console-task.test.ts holds it to all else that is asked of tasks',
    ...soon,
  }),

  // Checkov sees one stack at a time, and not who wears a group in another.
  ...each(['*-database/postgres/client-group/group', '*-migration/task-group/group'], {
    rule: 'CKV2_AWS_5',
    reason:
      'Tasks wear it that a schedule, a release or the service starts; checkov does not see them',
    ...settled,
  }),
  {
    rule: 'CKV2_AWS_5',
    path: '*-network/endpoint-client/group',
    reason:
      'With the egress endpoints tasks of other stacks wear it; with others it waits, because it could not be deleted while a task still wears it',
    ...settled,
  },

  ...each(['*-network/image-digest', '*-network/settings'], {
    rule: 'CKV2_AWS_34',
    reason:
      "An image's digest and a shop's settings are no secrets; secrets are in Secrets Manager",
    ...settled,
  }),
  {
    rule: 'CKV_AWS_297',
    path: '*-migration/rotation/schedule',
    reason: 'It names a cluster, a task and roles, no secret, and AWS encrypts it with its own key',
    ...settled,
  },

  ...each(LOG_GROUPS, {
    rule: 'CKV_AWS_158',
    reason:
      'CloudWatch encrypts all logs with its own key; one of ours costs a dollar a month, and whoever may read the logs would have to be let use it too',
    ...settled,
  }),
  ...each(['*-network/cluster/cluster'], {
    rule: 'CKV_AWS_224',
    reason:
      "The console's sessions go over TLS to Systems Manager, and their log is encrypted as all logs are; a key of ours for both costs a dollar a month",
    ...settled,
  }),
  ...each(LOG_GROUPS, {
    rule: 'CKV_AWS_338',
    reason:
      "Each table says how many days, and pays for them; logs hold people's addresses, which are kept no longer than needed",
    ...soon,
  }),

  {
    rule: 'CKV_AWS_145',
    ...ACCESS_LOGS,
    reason: "Load balancers write their logs with Amazon's key (SSE-S3) or not at all",
    ...settled,
  },
  {
    rule: 'CKV_AWS_18',
    ...ACCESS_LOGS,
    reason: 'It holds access logs itself: who writes a log of that log would go on for ever',
    ...settled,
  },
  {
    rule: 'CKV_AWS_18',
    ...STATES,
    reason:
      "Only the team's and its pipelines' roles reach it; who did what is for CloudTrail's data events, which an account turns on for all its buckets",
    ...soon,
  },
  {
    rule: 'CKV_AWS_144',
    ...ACCESS_LOGS,
    reason: 'Logs are of use where the store runs, and are deleted after their days',
    ...settled,
  },
  {
    rule: 'CKV_AWS_144',
    ...STATES,
    reason:
      'Old versions are kept; a lost region takes along what the states describe, and a copy elsewhere is one more place to protect',
    ...soon,
  },
  {
    rule: 'CKV2_AWS_62',
    ...ACCESS_LOGS,
    reason:
      'Nothing has to happen when a log arrives: people read them when they look for something',
    ...settled,
  },
  {
    rule: 'CKV2_AWS_62',
    ...STATES,
    reason: 'Nothing has to happen when a state is written: Terraform reads it when it plans',
    ...settled,
  },
];

/** The same for several. */
function each(paths: readonly string[], waiver: Omit<Waiver, 'path'>): Waiver[] {
  return paths.map((path) => ({ ...waiver, path }));
}
