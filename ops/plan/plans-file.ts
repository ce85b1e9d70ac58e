/** `plans.json`: what lies in a folder of plans, and what each plan was made upon. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../deployment/refusal.ts';

export const PLANS_FILE = 'plans.json';

/** Another one is not read. */
const VERSION = 1;

export interface PlansFile {
  readonly version: typeof VERSION;
  /** Its name in the table. */
  readonly environment: string;
  /** ISO 8601. */
  readonly made: string;
  readonly commit: string;
  /** Version of Terraform. */
  readonly terraform: string;
  /** In the order in which they are applied. */
  readonly stacks: readonly PlannedStack[];
}

export interface PlannedStack {
  /** `dev-network` */
  readonly stack: string;
  /** Terraform's saved plan, and the same as JSON: names of files in the folder. */
  readonly plan: string;
  readonly json: string;
  readonly sha256: string;
  readonly jsonSha256: string;
  /** Of the state that it was planned upon; 0 and '' where there was none. */
  readonly serial: number;
  readonly lineage: string;
  /** Stacks that must be applied before this one can be planned for good; absent when it is binding. */
  readonly provisional?: readonly string[];
  /** By Terraform's address: the construct, and where in stacks/ it was made. */
  readonly sources: Readonly<Record<string, Origin>>;
}

export interface Origin {
  /** `dev-network/vpc/private-a` */
  readonly construct: string;
  /** `stacks/constructs/vpc.ts:41` */
  readonly source?: string;
}

export function plansFile(contents: Omit<PlansFile, 'version'>): string {
  return `${JSON.stringify({ version: VERSION, ...contents }, null, 2)}\n`;
}

/**
 * Reads a folder of plans, and looks whether its files are those that were written.
 * @param expected the SHA-256 of plans.json itself, where somebody keeps it
 * @throws Refusal that names the file
 */
export async function readPlans(folder: string, expected?: string): Promise<PlansFile> {
  const text = await read(join(folder, PLANS_FILE));
  if (text === undefined) throw notPlans(folder, `there is no ${PLANS_FILE} in it`);
  if (expected !== undefined) requireDigest(join(folder, PLANS_FILE), text, expected);
  const plans = parsePlans(text);
  if (plans === undefined) throw notPlans(folder, `its ${PLANS_FILE} is of another form`);
  for (const stack of plans.stacks) {
    await readMade(join(folder, stack.plan), stack.sha256);
    await readMade(join(folder, stack.json), stack.jsonSha256);
  }
  return plans;
}

/**
 * Whoever uses a file looks at what it has just read: it may be exchanged meanwhile.
 * @throws Refusal when it is not what was made
 */
export async function readMade(file: string, digest: string): Promise<Buffer> {
  const content = await read(file);
  if (content === undefined) throw new Refusal(`${file} is missing: make the plans anew`);
  requireDigest(file, content, digest);
  return content;
}

export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function requireDigest(file: string, content: Buffer, expected: string): void {
  const found = sha256(content);
  if (found === expected) return;
  throw new Refusal(
    `${file} is not what was made: its SHA-256 is ${found}, expected ${expected}; make and review the plans anew`,
  );
}

function notPlans(folder: string, why: string): Refusal {
  return new Refusal(
    `${folder} is no folder of plans (${why}): npm run plan -- <environment> --out ${folder}`,
  );
}

async function read(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}

/** @returns nothing where it is of another form */
export function parsePlans(text: Buffer | string): PlansFile | undefined {
  try {
    const plans = JSON.parse(text.toString()) as PlansFile;
    const version: number = plans.version;
    const isWhole = ({ stack, plan, json, sha256: saved, jsonSha256 }: PlannedStack) =>
      [stack, plan, json, saved, jsonSha256].every((one) => typeof one === 'string');
    return version === VERSION && plans.stacks.every(isWhole) ? plans : undefined;
  } catch {
    return undefined;
  }
}
