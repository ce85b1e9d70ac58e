/** Plans from files, with what lies beside them: where their resources come from. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../deployment/refusal.ts';
import { type Origin, PLANS_FILE, type PlannedStack } from '../plan/plans-file.ts';
import { isObject } from './hidden.ts';
import { jsonIn } from './json-in.ts';
import { type Plan, readPlan } from './plan-document.ts';

/** How a text in UTF-16 begins. */
const UTF_16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

const SYNTHESISED = 'cdk.tf.json';

/** @throws Refusal that names the file, when it is no plan, or not the one that plans.json tells of */
export async function readPlanFile(file: string): Promise<Plan> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Refusal(`there is no file ${file}`);
    if (error.code === 'EISDIR') throw new Refusal(`${file} is a folder: name the plans in it`);
    throw new Refusal(`${file} cannot be read (${error.code ?? error.name})`);
  });
  if (UTF_16.some((mark) => bytes.subarray(0, 2).equals(mark))) {
    throw new Refusal(
      `${file} is written in UTF-16, as PowerShell does: cmd /c "terraform show -json saved.tfplan > plan.json"`,
    );
  }
  const plan = readPlan(bytes.toString(), file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const told = await toldOf(file);
  if (told !== undefined) return withTold({ ...plan, sha256 }, told, file);
  return withSynthesised({ ...plan, sha256 }, file);
}

function withTold(plan: Plan, told: PlannedStack, file: string): Plan {
  const { stack, sha256: saved, jsonSha256, provisional, sources } = told;
  if (jsonSha256 !== plan.sha256) {
    throw new Refusal(
      `${file} is not the one that ${PLANS_FILE} beside it tells of: make the plans anew`,
    );
  }
  return {
    ...plan,
    ...inStack(plan, stack),
    saved,
    ...(provisional !== undefined && { provisional }),
    origins: sources,
  };
}

/** The stack's name stands in all that was read. */
function inStack(
  { changes, drift, moves, outputs, invocations }: Plan,
  stack: string,
): Partial<Plan> {
  const named = <Item extends object>(items: readonly Item[]) =>
    items.map((item) => ({ ...item, stack }));
  return {
    stack,
    changes: named(changes),
    drift: named(drift),
    moves: named(moves),
    outputs: named(outputs),
    invocations: named(invocations),
  };
}

async function toldOf(file: string): Promise<PlannedStack | undefined> {
  const beside = join(dirname(file), PLANS_FILE);
  if (!existsSync(beside)) return undefined;
  const stacks = (await json(beside))?.['stacks'];
  if (!Array.isArray(stacks) || !stacks.every(isPlannedStack)) {
    // What it would say of this plan, such as that it is provisional, is not to be guessed.
    throw new Refusal(`${beside} cannot be read: make the plans anew`);
  }
  return stacks.find((one) => one.json === basename(file));
}

function isPlannedStack(entry: unknown): entry is PlannedStack {
  if (!isObject(entry) || !isObject(entry['sources'])) return false;
  const { stack, json: file, jsonSha256, provisional = [] } = entry;
  return (
    [stack, file, jsonSha256].every((text) => typeof text === 'string') &&
    Array.isArray(provisional)
  );
}

async function withSynthesised(plan: Plan, file: string): Promise<Plan> {
  const beside = await json(join(dirname(file), SYNTHESISED));
  const synthesised = beside ?? (await json(join('cdktf.out/stacks', plan.stack, SYNTHESISED)));
  if (synthesised === undefined) return plan;
  const origins = constructsOf(synthesised);
  const name = metadataOf(synthesised)?.['stackName'];
  return typeof name === 'string' && beside !== undefined
    ? { ...plan, ...inStack(plan, name), origins }
    : { ...plan, origins };
}

/** cdktf notes the path of each construct beside its resource. */
function constructsOf(synthesised: Record<string, unknown>): Record<string, Origin> {
  const types = Object.entries(asObject(synthesised['resource']));
  const found = types.flatMap(([type, resources]) =>
    Object.entries(asObject(resources)).flatMap(([name, resource]) => {
      const construct = metadataOf(resource)?.['path'];
      return typeof construct === 'string' ? [[`${type}.${name}`, { construct }] as const] : [];
    }),
  );
  return Object.fromEntries(found);
}

function metadataOf(element: unknown): Record<string, unknown> | undefined {
  return asObject(asObject(asObject(element)['//'])['metadata']);
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

/** Nothing, where it is not there or something else: a plan can be read without it. */
async function json(file: string): Promise<Record<string, unknown> | undefined> {
  const value = jsonIn(await readFile(file, 'utf8').catch(() => ''));
  return isObject(value) ? value : undefined;
}
