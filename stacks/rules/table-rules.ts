/** What environments must keep of each other. */
import { expectedRange, overlap, parseRange } from './address-range.ts';
import { providerProblem } from './github-provider.ts';
import { type Problem, unlike } from './problem.ts';
import type { TableEntry } from './table-entry.ts';

/** Problems between an environment and one that stands before it in the table; it is named. */
export function pairProblems(earlier: TableEntry, later: TableEntry): Problem[] {
  const problems = [
    overlapping(earlier, later),
    sameDomain(earlier, later),
    providerProblem(earlier, later),
  ];
  return problems.filter((problem) => problem !== undefined);
}

/** Ranges of one account may be connected one day; then addresses must be of one network only. */
function overlapping(earlier: TableEntry, later: TableEntry): Problem | undefined {
  if (!bothSound(earlier, later, ['network.cidr', 'accountId', 'region'])) return undefined;
  const [range, taken] = [later.settings.network.cidr, earlier.settings.network.cidr];
  if (placeOf(earlier) !== placeOf(later) || [range, taken].some(expectedRange)) return undefined;
  if (!overlap(parseRange(range), parseRange(taken))) return undefined;
  const expected = `a range that does not overlap ${earlier.name}'s ${taken}, in the same account and region`;
  return unlike('network.cidr', range, expected);
}

/** The later one's address records would replace the earlier one's. */
function sameDomain(earlier: TableEntry, later: TableEntry): Problem | undefined {
  if (!bothSound(earlier, later, ['door.address'])) return undefined;
  const [address, taken] = [later.settings.door.address, earlier.settings.door.address];
  if (!('domainName' in address && 'domainName' in taken)) return undefined;
  if (address.domainName !== taken.domainName) return undefined;
  return unlike('door.address.domainName', address.domainName, `another than ${earlier.name}'s`);
}

/** What S3 takes as a name, without dots, which TLS certificates for buckets do not cover. */
const BUCKET_NAME = /^[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/;

/** Of the variable that names one bucket for all states. */
export function bucketProblems(
  bucket: string | undefined,
  entries: readonly TableEntry[],
): string[] {
  if (bucket === undefined) return [];
  const variable = `STORE_STATE_BUCKET is '${bucket}'`;
  const problems = BUCKET_NAME.test(bucket)
    ? []
    : [`${variable}: expected a bucket's name, 3 to 63 characters of a to z, 0 to 9 and -`];
  const sound = entries.filter(({ isSound }) => isSound('accountId', 'region'));
  const places = Map.groupBy(sound, placeOf);
  if (places.size > 1) {
    const list = [...places].map(([place, members]) => `${place} (${namesOf(members)})`).join(', ');
    problems.push(
      `${variable}: expected no such variable, as each account and region has a bucket of its own: ${list}`,
    );
  }
  return problems;
}

function namesOf(entries: readonly TableEntry[]): string {
  return entries.map(({ name }) => name).join(', ');
}

function placeOf({ settings: { accountId, region } }: TableEntry): string {
  return `${accountId} in ${region}`;
}

function bothSound(one: TableEntry, other: TableEntry, settings: readonly string[]): boolean {
  return one.isSound(...settings) && other.isSound(...settings);
}
