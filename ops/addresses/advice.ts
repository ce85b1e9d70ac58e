/** After a release: do the records say what was just applied? */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecords, type Records } from '../../stacks/addresses/records.ts';
import { type EnvironmentStacks, STACKS } from '../deployment/environment-stacks.ts';

interface Written {
  readonly resource?: Readonly<Record<string, object>>;
}

type Stacks = Pick<EnvironmentStacks, 'folderOf' | 'network'>;

/** @returns the command that is due; none where all is recorded, and in an emulated AWS, which nobody keeps */
export async function adviceOnRecords(
  { folderOf, network }: Stacks,
  records: Records = readRecords(),
): Promise<string | undefined> {
  if ((process.env['AWS_ENDPOINT_URL'] ?? '') !== '') return undefined;
  const label = network.name.replace(/-network$/, '');
  const isRecorded = await Promise.all(
    STACKS.map(async (name) => {
      const recorded = new Set(records.get(`${label}-${name}`)?.addresses.values());
      return recorded.symmetricDifference(await addressesIn(folderOf(name))).size === 0;
    }),
  );
  return isRecorded.every(Boolean) ? undefined : `npm run addresses -- accept ${label}`;
}

async function addressesIn(folder: string): Promise<Set<string>> {
  const { resource = {} } = JSON.parse(
    await readFile(join(folder, 'cdk.tf.json'), 'utf8'),
  ) as Written;
  return new Set(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    ),
  );
}
