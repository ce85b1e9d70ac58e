/** What every part of a release works with. */
import type { Environment } from '../../stacks/place.ts';
import type { Approval } from '../deployment/approval.ts';
import type { EnvironmentStacks } from '../deployment/environment-stacks.ts';
import type { Progress } from '../deployment/progress.ts';
import type { Stack } from '../deployment/stack.ts';
import { Interrupted } from '../terraform/terraform.ts';
import type { Recorder } from './recorder.ts';

export interface Parts {
  readonly environment: Environment;
  readonly stacks: EnvironmentStacks;
  readonly progress: Progress;
  readonly approval: Approval;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** Brings a stack to what its files say. @throws Interrupted before it begins, too */
export async function bring(stack: Stack, parts: Parts): Promise<void> {
  const { progress, approval, recorder, signal } = parts;
  signal.throwIfAborted();
  await progress.step(stack.name, async (say) => {
    const done = await approval.apply(stack, say);
    recorder.plans[stack.name] = done;
    return done;
  });
}

/** Titles of a release's steps, in order. */
export function stepsOf({ network, identity, database, ...others }: EnvironmentStacks): string[] {
  return [network.name, identity.name, database.name, 'image', ...stepsOfSwitch(others)];
}

/** Those of changing the image alone. */
export function stepsOfSwitch({
  migration,
  service,
}: Pick<EnvironmentStacks, 'migration' | 'service'>): string[] {
  return [migration.name, 'migration runs', service.name, 'tasks', 'the door'];
}

/** @param steps titles of all of them. @returns the error; of an interruption, with what it left */
export function withWhatIsLeft(
  error: unknown,
  { progress }: Parts,
  steps: readonly string[],
): unknown {
  if (!(error instanceof Interrupted)) return error;
  const left = steps.filter((title) => !progress.done.includes(title));
  return new Interrupted(`${error.message}; left to do: ${left.join(', ')}`);
}
