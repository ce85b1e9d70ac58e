/** What two engines made of the same program, file by file and value by value. */
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Difference {
  readonly file: string;
  /** Such as `resource.aws_vpc.vpc.cidr_block`; empty for the whole file. */
  readonly path: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

interface Accepted {
  readonly file: RegExp;
  readonly path: RegExp;
  readonly reason: string;
}

/**
 * Anything else is a fault. The provider's source is none of them: it is written in full here
 * (stacks/store-stack.ts), where cdktf would write `aws` and cdktn `hashicorp/aws`.
 */
const ACCEPTED: readonly Accepted[] = [
  {
    file: /^stacks\/[^/]+\/cdk\.tf\.json$/,
    path: /^\/\/\.metadata\.version$/,
    reason: "a comment with the engine's own version",
  },
  {
    file: /^manifest\.json$/,
    path: /^version$/,
    reason: "the same in the manifest, which only the engine's command reads",
  },
  {
    file: /^manifest\.json$/,
    path: /^stacks\.[^.]+\.annotations\.\d+\.stacktrace\.\d+$/,
    reason: 'the folder in the trace of a warning, such as that of the template account',
  },
];

/** @param ours a folder of synthesised stacks, with the manifest beside them */
export function compareFolders(ours: string, theirs: string): Difference[] {
  const files = new Set([ours, theirs].flatMap(filesIn));
  return [...files].toSorted().flatMap((file) => {
    const found = differences(read(ours, file), read(theirs, file));
    return found.map(({ path, ours: a, theirs: b }) => ({ file, path, ours: a, theirs: b }));
  });
}

/** @returns what nobody has accepted, and how often which reason was needed */
export function judge(found: readonly Difference[]): {
  readonly unaccepted: readonly Difference[];
  readonly accepted: readonly string[];
} {
  const reasonOf = ({ file, path }: Difference) =>
    ACCEPTED.find((each) => each.path.test(path) && each.file.test(file))?.reason;
  const groups = Map.groupBy(found, reasonOf);
  const unaccepted = groups.get(undefined) ?? [];
  groups.delete(undefined);
  const accepted = Array.from(groups, ([reason, members]) => `${members.length} × ${reason}`);
  return { unaccepted, accepted };
}

/** For people: a line for each. */
export function asLines(found: readonly Difference[]): string[] {
  return found.map(
    ({ file, path, ours, theirs }) =>
      `${file} ${path}: cdktf ${inShort(ours)}, cdktn ${inShort(theirs)}`,
  );
}

/** The order of members says nothing in JSON; that of a list does. */
export function differences(ours: unknown, theirs: unknown, path = ''): Omit<Difference, 'file'>[] {
  if (!isBranch(ours) || !isBranch(theirs) || Array.isArray(ours) !== Array.isArray(theirs)) {
    return Object.is(ours, theirs) ? [] : [{ path, ours, theirs }];
  }
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...names].flatMap((name) =>
    differences(ours[name], theirs[name], path === '' ? name : `${path}.${name}`),
  );
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function filesIn(folder: string): string[] {
  const all = globSync('**/*', { cwd: folder }).concat(globSync('**/.*.hcl', { cwd: folder }));
  return all.filter((file) => statSync(join(folder, file)).isFile());
}

function read(folder: string, file: string): unknown {
  try {
    const text = readFileSync(join(folder, file), 'utf8');
    return file.endsWith('.json') ? (JSON.parse(text) as unknown) : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Characters of a value that are shown. */
const SHOWN = 200;

function inShort(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
