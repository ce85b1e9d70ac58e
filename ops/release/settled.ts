/** Is it really the new version that runs? ECS may have gone back, and Terraform would not know. */
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { patiently } from '../running/patiently.ts';
import {
  describeService,
  type RunningService,
  type Target,
  targetsOf,
} from '../running/service.ts';
import { stoppedTasks, whyTasksStopped } from '../running/stopped-tasks.ts';

/** Milliseconds between two looks, and until it must be at rest: three failing starts fit in. */
const PAUSE = 2000;
const PATIENCE = 900_000;
/** Tasks that end by themselves, after which waiting longer helps nobody. */
const ENOUGH = 3;

interface Expected {
  /** ARN, with the revision. */
  readonly taskDefinition: string;
  /** What ended before does not count. */
  readonly since: Date;
}

/** Until the service runs what is expected, all targets healthy. @throws Refusal with the reasons, Interrupted */
export async function settle(
  environment: Environment,
  { taskDefinition, since }: Expected,
  { say, signal }: { readonly say: Say; readonly signal: AbortSignal },
): Promise<string> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const { service, targets } = await patiently(() => look(environment), signal);
    const problem = problemOf(service, targets, taskDefinition);
    if (problem === undefined) return `${service.running} tasks, all targets healthy`;
    say(problem);
    const isLate = performance.now() > deadline;
    if (isLate || (await isHopeless(environment, service, { taskDefinition, since }))) {
      throw new Refusal(await storyOf(environment, { service, problem, since }));
    }
    await wait(PAUSE, signal);
  }
}

async function look(environment: Environment) {
  const service = await describeService(environment);
  if (service === undefined) throw new Refusal('ECS knows no such service');
  return { service, targets: await targetsOf(environment, service) };
}

/** What is not as it should be yet, or undefined. */
function problemOf(
  { deployments, desired, running, pending, taskDefinition: present }: RunningService,
  targets: readonly Target[],
  taskDefinition: string,
): string | undefined {
  if (present !== taskDefinition) return `ECS went back to ${revision(present)}`;
  if (deployments.length > 1) return 'old tasks are still there';
  const [deployment] = deployments;
  if (deployment?.rolloutState === 'FAILED') return 'ECS gave up';
  if (deployment?.rolloutState === 'IN_PROGRESS') return 'ECS is at it';
  if (running !== desired || pending > 0) return `${running} of ${desired} tasks run`;
  const healthy = targets.filter(({ state }) => state === 'healthy').length;
  if (healthy < desired) return `${healthy} of ${desired} targets are healthy`;
  return undefined;
}

async function isHopeless(
  environment: Environment,
  { deployments, taskDefinition: present }: RunningService,
  { taskDefinition, since }: Expected,
): Promise<boolean> {
  const states = deployments.map(({ rolloutState }) => rolloutState);
  if (states.includes('FAILED') || present !== taskDefinition) return true;
  // Started by nobody's deployment, as the very first tasks are, nothing else gives up.
  const ended = await stoppedTasks(environment, since);
  const failed = ended.filter(
    (task) =>
      task.taskDefinitionArn === taskDefinition && task.stopCode !== 'ServiceSchedulerInitiated',
  );
  return failed.length >= ENOUGH;
}

async function storyOf(
  environment: Environment,
  {
    service,
    problem,
    since,
  }: { readonly service: RunningService; readonly problem: string; readonly since: Date },
): Promise<string> {
  const events = service.events
    .filter(({ at }) => at >= since)
    .slice(0, 5)
    .map(({ message }) => `  ${message}`);
  const reasons = service.deployments.flatMap(({ rolloutStateReason: reason }) =>
    reason === undefined || reason === '' ? [] : [`  ${reason}`],
  );
  const stopped = await whyTasksStopped(environment, since);
  return [`the new tasks do not run: ${problem}`, ...reasons, ...events, stopped].join('\n').trim();
}

function revision(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}
