/** Who released last, with what end, and whether somebody is at it now. */
import type { Environment } from '../../stacks/place.ts';
import { lockHolder } from './lock-holder.ts';
import { readRecords, type ReleaseRecord } from '../running/records.ts';
import { ago, type Finding, found, notWell, well } from './finding.ts';

export async function releaseFindings(environment: Environment): Promise<Finding[]> {
  const [records, holder] = await Promise.all([
    readRecords(environment).catch(withoutBucket),
    lockHolder(environment),
  ]);
  const [last] = records;
  const schema = records.find((record) => record.schema !== undefined)?.schema;
  return [
    last === undefined ? notWell('last release', 'none') : lastFinding(last),
    schema === undefined
      ? notWell('schema', 'no release has told it')
      : well('schema', `build ${schema.build}; images from build ${schema.minimumBuild} on work`),
    // Somebody at work is nothing bad.
    well('lock', holder ?? 'nobody is at work'),
  ];
}

function lastFinding({ kind, outcome, ended, who, commit, reason }: ReleaseRecord): Finding {
  const why = reason === undefined ? '' : `: ${reason.split('\n')[0] ?? ''}`;
  const text = `${kind} of ${commit} ${outcome}${why}, ${ended} (${ago(new Date(ended))}), by ${who}`;
  return found('last release', text, outcome === 'succeeded');
}

function withoutBucket(error: unknown): ReleaseRecord[] {
  if ((error as Error).name === 'NoSuchBucket') return [];
  throw error;
}
