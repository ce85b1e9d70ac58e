/** What the plans of a folder do to people. */
import { join } from 'node:path';
import { type Plan, readPlan } from '../review/plan-document.ts';
import { type PlannedStack, readMade } from './plans-file.ts';

/** @param folder of the plans. @throws Refusal where one is not what was made */
export function readFolder(folder: string, stacks: readonly PlannedStack[]): Promise<Plan[]> {
  return Promise.all(
    stacks.map(async ({ stack, json, sha256, jsonSha256, provisional, sources }) => ({
      ...readPlan((await readMade(join(folder, json), jsonSha256)).toString(), json),
      stack,
      saved: sha256,
      origins: sources,
      ...(provisional !== undefined && { provisional }),
    })),
  );
}
