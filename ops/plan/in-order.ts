/** Each stack planned after those that it reads, and the plans kept. */
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from '../../stacks/place.ts';
import type { Progress, Say } from '../deployment/progress.ts';
import { PLAN_FILE, type Stack } from '../deployment/stack.ts';
import { summary } from '../deployment/story.ts';
import { stateKey } from '../deployment/synthesis.ts';
import { asIfEmpty } from './from-nothing.ts';
import { type Origin, type PlannedStack, sha256 } from './plans-file.ts';
import { onStandIns } from './provisional.ts';
import { NO_STATE, readStanding } from './standing.ts';
import { neededFirst } from './upstream.ts';
import type { Shown, Upstream, Written } from './written.ts';

/** A stack, and the folder of its files. */
export interface Planned {
  readonly stack: Stack;
  readonly folder: string;
}

export interface Course {
  readonly place: Pick<Place, 'accountId' | 'region' | 'stateBucket'>;
  /** Where the plans are kept. */
  readonly into: string;
  /** Where in stacks/ constructs were made, by their paths. */
  readonly sources: ReadonlyMap<string, string>;
  /** The stack that every account begins with, when all is planned as if that were not there. */
  readonly fromNothing?: string | undefined;
  readonly progress: Progress;
  /** Ends it between two stacks; Terraform hears of signals itself. */
  readonly signal: AbortSignal;
}

/** @returns the plans in the same order. @throws TerraformFailed, Interrupted */
export async function planInOrder(
  stacks: readonly Planned[],
  course: Course,
): Promise<{ readonly planned: PlannedStack[]; readonly terraform: string }> {
  const done: Upstream[] = [];
  const planned: PlannedStack[] = [];
  for (const one of stacks) {
    const { name } = one.stack;
    await course.progress.step(name, async (say) => {
      const kept = await planOne(one, { ...course, done, say });
      const { provisional = [] } = kept.planned;
      done.push(kept.upstream);
      planned.push(kept.planned);
      return provisional.length === 0 ? kept.what : `${kept.what}; ${needs(provisional)}`;
    });
  }
  course.signal.throwIfAborted();
  return { planned, terraform: done[0]?.shown.terraform_version ?? '' };
}

/** `provisional: needs dev-network and dev-database first` */
export function needs(provisional: readonly string[]): string {
  return `provisional: needs ${inWords.format(provisional)} first`;
}

const inWords = new Intl.ListFormat('en-GB');

interface Turn extends Course {
  /** Those that were planned before. */
  readonly done: readonly Upstream[];
  readonly say: Say;
}

async function planOne({ stack, folder }: Planned, turn: Turn) {
  const { place, into, sources, fromNothing, done, say, signal } = turn;
  const { name } = stack;
  const file = join(folder, 'cdk.tf.json');
  const text = await readFile(file, 'utf8');
  const first = neededFirst(text, done);
  const upstream = done.filter((one) => first.includes(one.stack));
  // Before the plan: whatever is written meanwhile makes it stale, too early rather than too late.
  const standing =
    fromNothing === undefined ? await readStanding(place, await stateKey(folder)) : NO_STATE;
  const standIn = onStandIns(text, { ...place, upstream, folder });
  for (const [path, state] of Object.entries(standIn.states)) {
    await writeFile(path, state, { mode: 0o600 });
  }
  if (fromNothing !== undefined) await writeFile(file, asIfEmpty(standIn.text));
  else if (first.length > 0) await writeFile(file, standIn.text);

  // Terraform, once it runs, hears of signals by itself; of earlier ones nobody else tells it.
  signal.throwIfAborted();
  const { changes, isEmpty } = await stack.plan(say, { locks: false });
  const shown = await stack.shownPlan();
  const [plan, json] = [`${name}.tfplan`, `${name}.json`];
  await copyFile(join(folder, PLAN_FILE), join(into, plan));
  await chmod(join(into, plan), 0o600);
  await writeFile(join(into, json), shown, { mode: 0o600 });
  const written = JSON.parse(text) as Written;
  const provisional = [...(fromNothing === undefined ? [] : [fromNothing]), ...first];
  const planned: PlannedStack = {
    stack: name,
    plan,
    json,
    sha256: sha256(await readFile(join(into, plan))),
    jsonSha256: sha256(shown),
    ...standing,
    ...(provisional.length > 0 && { provisional }),
    sources: originsOf(written, sources),
  };
  const what = isEmpty ? 'nothing to change' : summary(changes);
  return { planned, what, upstream: { stack: name, written, shown: JSON.parse(shown) as Shown } };
}

function originsOf(
  { resource = {} }: Written,
  sources: ReadonlyMap<string, string>,
): Readonly<Record<string, Origin>> {
  const origins: Record<string, Origin> = {};
  for (const [type, members] of Object.entries(resource)) {
    for (const [id, { '//': about }] of Object.entries(members)) {
      const construct = about?.metadata?.path;
      if (construct === undefined) continue;
      const source = sources.get(construct);
      origins[`${type}.${id}`] = { construct, ...(source !== undefined && { source }) };
    }
  }
  return origins;
}
