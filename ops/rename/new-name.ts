/** What a project may be called: the name begins the names of everything in AWS. */
import { LONGEST_PREFIX } from '../../stacks/place.ts';

interface Surroundings {
  /** First parts of the environments' stacks: `dev`, `dev-copy`. */
  readonly labels: readonly string[];
  /** What package.json depends on; npm installs no package into one of the same name. */
  readonly dependencies: readonly string[];
}

const SHORTEST = 3;
/** Room for a second copy of an environment, also where there is none yet. */
const ROOM = 'dev-copy'.length;

/** Words and beginnings that services refuse; the documentation of each names them. */
const REFUSED = [
  { pattern: /aws|amazon|cognito/, words: "without 'aws', 'amazon' and 'cognito' (Cognito)" },
  { pattern: /^ssm/, words: "that does not begin with 'ssm' (Systems Manager)" },
  { pattern: /^sg-/, words: "that does not begin with 'sg-' (security groups)" },
  { pattern: /^internal-/, words: "that does not begin with 'internal-' (load balancers)" },
  { pattern: /^(?:sthree|amzn-s3-demo)-/, words: "that does not begin as buckets of S3's own do" },
];

/** @returns what is expected instead, or nothing when the name will do */
export function expectedName(
  name: string,
  { labels, dependencies }: Surroundings,
): string | undefined {
  const longest = Math.max(ROOM, ...labels.map((label) => label.length));
  const most = LONGEST_PREFIX - longest - 1;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    return 'a to z, 0 to 9 and single - between them, beginning with a letter';
  }
  if (name.length < SHORTEST || name.length > most) {
    return `${SHORTEST} to ${most} characters: names of load balancers have to hold it, the longest environment and more`;
  }
  const refused = REFUSED.find(({ pattern }) => pattern.test(name));
  if (refused !== undefined) return `a name ${refused.words}`;
  if (labels.includes(name)) return 'a name that no environment has';
  return dependencies.includes(name) ? 'a name that no dependency has' : undefined;
}
