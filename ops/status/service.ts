/** The service: its tasks, its targets, and whether it runs what was released. */
import type { Environment } from '../../stacks/place.ts';
import { findManifest } from '../release/registry.ts';
import { readDigest } from '../running/digest.ts';
import {
  describeService,
  digestOf,
  type RunningService,
  type Target,
  targetsOf,
} from '../running/service.ts';
import { type Finding, found, notWell, well } from './finding.ts';

export async function serviceFindings(environment: Environment): Promise<Finding[]> {
  const [service, released] = await Promise.all([
    describeService(environment),
    readDigest(environment),
  ]);
  if (service === undefined) {
    return [notWell('service', 'there is none'), imageFinding(released, undefined)];
  }
  const [targets, running] = await Promise.all([
    targetsOf(environment, service),
    service.taskDefinition === '' ? undefined : digestOf(environment, service.taskDefinition),
  ]);
  return [
    tasksFinding(service),
    deploymentFinding(service),
    ...targetFindings(targets),
    released !== undefined && (await isGone(environment, released))
      ? notWell('image', `${released} is not in the registry any more: no new task can start`)
      : imageFinding(released, running),
  ];
}

/** Tasks that run go on without it. Who may not ask the registry is told of the rest. */
async function isGone(environment: Environment, digest: string): Promise<boolean> {
  try {
    return (await findManifest(environment, digest)) === undefined;
  } catch {
    return false;
  }
}

function tasksFinding({ desired, running, pending, taskDefinition }: RunningService): Finding {
  const revision = taskDefinition.split('/').at(-1) ?? '';
  const text = `${desired} wanted, ${running} run, ${pending} start; ${revision}`;
  return found('tasks', text, desired > 0 && running === desired && pending === 0);
}

/** A single one, completed, is a service at rest. */
function deploymentFinding({ deployments }: RunningService): Finding {
  const texts = deployments.map(
    ({ status = '', rolloutState = '', rolloutStateReason = '', failedTasks = 0 }) => {
      const failed = failedTasks === 0 ? '' : `, ${failedTasks} tasks failed`;
      return `${status} ${rolloutState}${failed} ${rolloutStateReason}`.trim();
    },
  );
  const atRest = deployments.length === 1 && deployments[0]?.rolloutState === 'COMPLETED';
  return found('deployment', texts.join('; ') || 'none', atRest);
}

/** One that drains belongs to a task which ends in order. */
function targetFindings(targets: readonly Target[]): Finding[] {
  if (targets.length === 0) return [notWell('targets', 'none: nobody answers callers')];
  return targets.map(({ id, state, reason }) => {
    const text = reason === '' ? state : `${state}: ${reason}`;
    return found(`target ${id}`, text, state === 'healthy' || state === 'draining');
  });
}

function imageFinding(released: string | undefined, running: string | undefined): Finding {
  if (released === undefined) return notWell('image', 'nothing was released yet');
  if (released === running) return well('image', `${released}, the one that runs`);
  return notWell('image', `${released} was released, but ${running ?? 'none'} runs`);
}
