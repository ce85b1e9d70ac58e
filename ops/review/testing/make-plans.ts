/**
 * The plans that rules are tried on, by real Terraform. `node ops/review/testing/make-plans.ts`
 * writes them anew, after a case or the provider has changed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Case, nameOf } from './case.ts';
import { CASES } from './cases/cases.ts';
import { type Files, planBetween, type Scene } from './plan-between.ts';
import { ENGINE } from './scenes/engine.ts';
import { PULL_REQUEST } from './scenes/pull-request.ts';
import type { PlanDocument } from './state-of.ts';
import { written } from './written.ts';

/** Their texts by the name of the file. What can be is planned at once: each start of the provider takes seconds. */
export async function makePlans(): Promise<ReadonlyMap<string, string>> {
  const [whole, engine] = await Promise.all([
    planBetween(together(sceneOf(Object.values(CASES).flat()), PULL_REQUEST)),
    planBetween(ENGINE),
  ]);
  const plans = new Map<string, PlanDocument>([['engine', engine]]);
  for (const [name, cases] of Object.entries(CASES))
    plans.set(name, only(whole, cases.map(nameOf)));
  plans.set('pull-request', only(whole, namesIn(PULL_REQUEST)));
  return new Map([...plans].map(([name, plan]) => [`${name}.json`, written(plan)]));
}

function together(cases: Scene, { before, after }: Scene): Scene {
  const files = (main: object, more: Files) => ({
    'main.tf.json': main,
    'more.tf.json': more['main.tf.json'] ?? {},
  });
  return {
    before: files(cases.before['main.tf.json'] ?? {}, before),
    after: files(cases.after['main.tf.json'] ?? {}, after),
  };
}

function namesIn({ before, after }: Scene): string[] {
  const blocks = [before, after].map((files) => files['main.tf.json'] as Written);
  return blocks.flatMap(({ resource }) => Object.values(resource).flatMap(Object.keys));
}

interface Written {
  readonly resource: Readonly<Record<string, object>>;
}

function sceneOf(cases: readonly Case[]): Scene {
  const forgotten = cases.filter((each) => each.forgotten === true);
  return {
    before: { 'main.tf.json': { resource: resources(cases, 'before') } },
    after: {
      'main.tf.json': {
        resource: resources(cases, 'after'),
        removed: forgotten.map((each) => ({
          from: `${each.type}.${nameOf(each)}`,
          lifecycle: { destroy: false },
        })),
      },
    },
  };
}

function resources(cases: readonly Case[], side: 'before' | 'after'): object {
  const blocks: Record<string, Record<string, object>> = {};
  for (const each of cases) {
    if (each[side] === undefined) continue;
    const lifecycle = each.gapless && { lifecycle: { create_before_destroy: true } };
    (blocks[each.type] ??= {})[nameOf(each)] = { ...each[side], ...lifecycle };
  }
  return blocks;
}

function only(plan: PlanDocument, wanted: readonly string[]): PlanDocument {
  const names = new Set(wanted);
  const changes = plan.resource_changes?.filter(({ name }) => names.has(name)) ?? [];
  return { ...plan, resource_changes: changes };
}

async function write(): Promise<void> {
  for (const [name, text] of await makePlans()) {
    await writeFile(join(import.meta.dirname, 'plans', name), text);
  }
}

// Not awaited: Jest cannot import what waits.
if (import.meta.main) void write();
