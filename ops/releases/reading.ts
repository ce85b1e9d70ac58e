import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { readRecords, type ReleaseRecord } from '../running/records.ts';

/**
 * Newest first.
 * @param profile of AWS's configuration. @default one's own credentials
 * @throws Refusal when there is no bucket yet
 */
export async function recordsOf(
  environment: Environment,
  profile?: string,
): Promise<ReleaseRecord[]> {
  try {
    return await readRecords(environment, profile);
  } catch (error) {
    if ((error as Error).name !== 'NoSuchBucket') throw error;
    throw new Refusal(
      `there is no bucket ${environment.stateBucket} yet: npm run bootstrap -- ${environment.name}`,
    );
  }
}
