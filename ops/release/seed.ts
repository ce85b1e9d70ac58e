import { PROGRAMS } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { serviceLog } from '../running/names.ts';
import { exitCodeOf, runOneOff } from '../running/one-off-task.ts';
import { describeService } from '../running/service.ts';
import { storyOf } from '../running/stopped-tasks.ts';

/** Fills an empty store with the demo, as a task with the service's rights. @throws Refusal, Interrupted */
export async function seed(environment: Environment, signal: AbortSignal): Promise<string> {
  const service = await describeService(environment);
  if (service?.network === undefined) throw new Refusal('there is no service to take rights from');
  const { taskDefinition, network } = service;
  const command = ['node', PROGRAMS.seed];
  const task = await runOneOff(environment, { taskDefinition, network, command }, signal);
  if (exitCodeOf(task) === 0) return 'the catalogue is filled';
  const story = await storyOf(environment, task, serviceLog(environment));
  throw new Refusal(`the demo cannot be put in; the release itself is done:\n${story}`);
}
