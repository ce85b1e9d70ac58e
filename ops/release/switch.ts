/** From one image to another: digest, migration, service, and a look whether it is so. */
import { NotApproved } from '../deployment/approval.ts';
import { Refusal } from '../deployment/refusal.ts';
import { writeDigest } from '../running/digest.ts';
import { describeService, setDesired } from '../running/service.ts';
import { whyTasksStopped } from '../running/stopped-tasks.ts';
import { Interrupted } from '../terraform/terraform.ts';
import type { ProvidedImage } from './image.ts';
import { knock, OutOfReach } from './knock.ts';
import { runMigration } from './migration.ts';
import { bring } from './parts.ts';
import { presentDigest, putBack, type Switching } from './put-back.ts';
import { settle } from './settled.ts';

interface ToImage extends Switching {
  /** Whether its migrations may contract, or lock a large table. @default false */
  readonly contract?: boolean | undefined;
}

/** Where it fails, what was before is put back. @throws Refusal with the reasons, Interrupted */
export async function switchTo(image: ProvidedImage, parts: ToImage): Promise<void> {
  const { environment, stacks, recorder } = parts;
  const since = new Date();
  const course = { isApplied: false, isServing: false };
  try {
    await recorder.begin(image);
    await writeDigest(environment, image.digest);
    await bring(stacks.migration, parts);
    course.isApplied = true;
    if (parts.migrates) await migrate(parts);
    course.isServing = true;
    await serve(parts, since);
  } catch (error) {
    if (error instanceof OutOfReach) throw error;
    const isTried = course.isServing && (await presentDigest(parts)) === image.digest;
    if (error instanceof Interrupted && isTried) {
      throw new Interrupted(`${error.message} while ECS exchanges the tasks, which goes on`);
    }
    const stopped = course.isServing ? await whyStopped(parts, since, error as Error) : '';
    const isWanted = !(error instanceof NotApproved);
    const left = await putBack(parts, { ...course, isWanted });
    if (error instanceof Interrupted) throw new Interrupted(`${error.message}${left}`);
    throw new Refusal(`${(error as Error).message}\n${stopped}${left}`.trim(), { cause: error });
  }
}

async function migrate(parts: ToImage) {
  const { environment, stacks, progress, recorder, signal, contract = false } = parts;
  recorder.schema = await progress.step('migration runs', () =>
    runMigration(environment, stacks.migration, { contract, signal }),
  );
}

async function serve(parts: Switching, since: Date): Promise<void> {
  const { stacks, progress, signal, environment } = parts;
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
  if (service === undefined || service.desired >= minTasks) return;
  // The very revision that it gave up before: to Terraform nothing has changed.
  const isGivenUp = service.deployments[0]?.rolloutState === 'FAILED';
  await setDesired(environment, minTasks, isGivenUp);
}

/** What the error does not say yet. */
async function whyStopped({ environment }: Switching, since: Date, error: Error): Promise<string> {
  if (error.message.includes('\ntask ')) return '';
  return whyTasksStopped(environment, since).catch(() => '');
}
