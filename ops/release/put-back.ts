/** After a failure: what served before is recorded again, and serves again. */
import type { Say } from '../deployment/progress.ts';
import type { Stack } from '../deployment/stack.ts';
import { writeDigest } from '../running/digest.ts';
import { describeService, digestOf, setDesired } from '../running/service.ts';
import type { Parts } from './parts.ts';

export interface Switching extends Parts {
  /** Digest that served well until now; undefined before the first release. */
  readonly before: string | undefined;
  /** Going back migrates nothing. */
  readonly migrates: boolean;
}

interface Course {
  /** Whether the migration stack was brought to the new image. */
  readonly isApplied: boolean;
  /** Whether all plans until now were. */
  readonly isWanted: boolean;
}

/** @returns what could not be put back: the reason for all this must not get lost over it */
export async function putBack(parts: Switching, { isApplied, isWanted }: Course): Promise<string> {
  const { environment, stacks, progress, before } = parts;
  try {
    await progress.step('back to the digest before', async (say) => {
      await writeDigest(environment, before);
      // One-off tasks run what serves.
      if (isApplied) await bringBack(stacks.migration, say);
      // The service's plan may be the very one that nobody wants, and it was not applied.
      if (isWanted) await putServiceBack(parts, say);
      return before ?? 'none';
    });
    return '';
  } catch (error) {
    const { message } = error as Error;
    return `\nNot all could be put back (${message}). The digest before is ${before ?? 'none'}: release again, or npm run rollback`;
  }
}

/** ECS goes back by itself from tasks that do not start. From those that start and do not serve, we do. */
async function putServiceBack(parts: Switching, say: Say): Promise<void> {
  const { environment, before, stacks } = parts;
  if (before !== undefined) {
    const present = await presentDigest(parts);
    if (present !== undefined && present !== before) await bringBack(stacks.service, say);
    return;
  }
  // A service that never served is asked for no tasks.
  const service = await describeService(environment);
  if (service !== undefined && service.desired > 0) await setDesired(environment, 0);
}

/** What ECS runs, or is about to; undefined when that cannot be said. */
export async function presentDigest({ environment }: Parts): Promise<string | undefined> {
  try {
    const service = await describeService(environment);
    return service && (await digestOf(environment, service.taskDefinition));
  } catch {
    return undefined;
  }
}

async function bringBack(stack: Stack, say: Say): Promise<void> {
  await stack.plan(say);
  await stack.apply(say);
}
