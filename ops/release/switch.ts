/** From one image to another: digest, migration, service, and a look whether it is so. */
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { writeDigest } from '../running/digest.ts';
import { describeService, setDesired } from '../running/service.ts';
import { whyTasksStopped } from '../running/stopped-tasks.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { knock } from './knock.ts';
import { runMigration } from './migration.ts';
import { bring, type Parts } from './parts.ts';
import { settle } from './settled.ts';

interface Switching extends Parts {
  /** Digest that is recorded now; undefined before the first release. */
  readonly before: string | undefined;
  /** Going back migrates nothing. */
  readonly migrates: boolean;
}

/** Where it fails the digest is put back. @throws Refusal with the reasons, Interrupted */
export async function switchTo(digest: string, parts: Switching): Promise<void> {
  const { environment, stacks, progress } = parts;
  const since = new Date();
  const course = { isApplied: false, isServing: false };
  try {
    await writeDigest(environment, digest);
    await bring(stacks.migration, parts);
    course.isApplied = true;
    if (parts.migrates) await migrate(parts);
    course.isServing = true;
    await serve(parts, since);
  } catch (error) {
    if (error instanceof Interrupted && course.isServing) {
      throw new Interrupted(`${error.message} while ECS exchanges the tasks, which goes on`);
    }
    const stopped = course.isServing ? await whyStopped(parts, since, error as Error) : '';
    await progress.step('back to the digest before', (say) =>
      putBack(parts, { isApplied: course.isApplied, say }),
    );
    if (error instanceof Interrupted || stopped === '') throw error;
    throw new Refusal(`${(error as Error).message}\n${stopped}`, { cause: error });
  }
}

async function migrate({ environment, stacks, progress, recorder, signal }: Switching) {
  recorder.schema = await progress.step('migration runs', () =>
    runMigration(environment, stacks.migration, signal),
  );
}

async function serve(parts: Switching, since: Date): Promise<void> {
  const { environment, stacks, progress, signal } = parts;
  await bring(stacks.service, parts);
  const outputs = await stacks.service.outputs();
  const taskDefinition = String(outputs['task_definition']);
  await progress.step('tasks', async (say) => {
    await raise(parts);
    return settle(environment, { taskDefinition, since }, { say, signal });
  });
  await progress.step('the door', (say) => knock(String(outputs['service_url']), { say, signal }));
}

/** From the empty home to its smallest number; more than that is scaling's. */
async function raise({ environment }: Switching): Promise<void> {
  const { minTasks } = environment.service;
  const service = await describeService(environment);
  if (service !== undefined && service.desired < minTasks) await setDesired(environment, minTasks);
}

/** What the error does not say yet. */
async function whyStopped({ environment }: Switching, since: Date, error: Error): Promise<string> {
  if (error.message.includes('\ntask ')) return '';
  return whyTasksStopped(environment, since).catch(() => '');
}

/** One-off tasks run what serves, and a service that never served is asked for no tasks. */
async function putBack(
  { environment, before, stacks }: Switching,
  { isApplied, say }: { readonly isApplied: boolean; readonly say: Say },
): Promise<string> {
  await writeDigest(environment, before);
  const service = before === undefined ? await describeService(environment) : undefined;
  if (service !== undefined && service.desired > 0) await setDesired(environment, 0);
  if (isApplied) {
    await stacks.migration.plan(say);
    await stacks.migration.apply(say);
  }
  return before ?? 'none';
}
