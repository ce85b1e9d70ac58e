/** How many connections all tasks may open at once, and how many the database takes. */
import type { Settings } from '../settings.ts';

/**
 * What RDS for PostgreSQL takes unless its parameters say otherwise, and ours do not:
 * LEAST({DBInstanceClassMemory/9531392}, 5000), in bytes.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
const BYTES_FOR_EACH = 9_531_392;
const MOST = 5000;

/**
 * DBInstanceClassMemory is what RDS and the operating system leave of the class's memory. AWS tells
 * no figure; this is more than they were seen to take (a db.t3.micro had 81 connections, not 112).
 */
const TAKEN_MIB = 320;
const TAKEN_SHARE = 0.05;

/** Beside the service: rotation, migration, RDS itself, and people who look what is wrong. */
const OTHERS = 10;

/** Of what the database takes; a full one refuses those who would mend it. */
const SHARE = 0.8;

/**
 * GiB of a `large` of each family; sizes double it. Another family is added with its memory from
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
 */
const LARGE_GIB: Readonly<Record<string, number>> = {
  ...all(8, ['t3', 't4g', 'm5', 'm5d', 'm6g', 'm6gd', 'm6i', 'm6id', 'm7g', 'm7i', 'm8g']),
  ...all(16, ['r5', 'r5b', 'r5d', 'r6g', 'r6gd', 'r6i', 'r6id', 'r7g', 'r7i', 'r8g']),
};

const SIZES: Readonly<Record<string, number>> = {
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
};

/** What the service may use of the database's connections; undefined for a class nobody has added. */
function connectionsOf(instanceClass: string): number | undefined {
  const [, family = '', size = ''] = instanceClass.split('.');
  const large = LARGE_GIB[family];
  const times = SIZES[size] ?? Number(/^(\d+)xlarge$/.exec(size)?.[1]) * 2;
  if (large === undefined || Number.isNaN(times)) return undefined;
  const bytes = (large * times * 1024 - TAKEN_MIB) * (1 - TAKEN_SHARE) * 1024 ** 2;
  return Math.floor(Math.min(bytes / BYTES_FOR_EACH, MOST) * SHARE) - OTHERS;
}

/** Whether a class is in the table. */
export function isKnownClass({ database }: Settings): boolean {
  return connectionsOf(database.instanceClass) !== undefined;
}

/** Whether twice the tasks, as in a deployment, find a connection for each place of their pools. */
export function isWithinBudget(settings: Settings): boolean {
  return settings.service.maxTasks <= mostTasks(settings);
}

/** For one who reads what is wrong with `service.maxTasks`. */
export function expectedTasks(settings: Settings): string {
  const { service, database } = settings;
  const connections = connectionsOf(database.instanceClass) ?? 0;
  return `at most ${mostTasks(settings)}, as a deployment doubles the tasks, each has ${service.poolSize} connections (service.poolSize), and of those that ${database.instanceClass} takes ${connections} are for the service; or a larger database.instanceClass`;
}

export const EXPECTED_CLASS =
  'a class whose memory is known, such as db.t4g.small or db.m7g.large, so that connections can be counted; add its family to stacks/rules/connection-budget.ts';

function mostTasks({ service, database }: Settings): number {
  const connections = connectionsOf(database.instanceClass);
  // Said of the class itself.
  if (connections === undefined) return service.maxTasks;
  return Math.max(0, Math.floor(connections / (2 * service.poolSize)));
}

function all(gib: number, families: readonly string[]): Record<string, number> {
  return Object.fromEntries(families.map((family) => [family, gib]));
}
