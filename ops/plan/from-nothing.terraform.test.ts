/** With real Terraform and its AWS provider, and with no AWS. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { someTable } from '../../stacks/testing/some-table.ts';
import { withStacks } from '../deployment/environment-stacks.ts';
import { Progress } from '../deployment/progress.ts';
import { find } from '../deployment/synthesis.ts';
import { planInOrder } from './in-order.ts';

/** One that reads another; all five are planned on stand-ins where the pipelines are tried. */
const SOME = ['network', 'database'] as const;

test('stacks that read each other are planned without an account, as AWS would take them', async () => {
  import.meta.jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const { environment } = find({ dev: someTable.dev }, 'dev');
  const into = await mkdtemp(join(tmpdir(), 'from-nothing-'));
  // Whoever asked AWS would get no answer.
  const variables = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_PROFILE: undefined };
  try {
    const { planned } = await withStacks(
      { dev: someTable.dev },
      environment,
      (stacks) =>
        planInOrder(
          SOME.map((name) => ({ stack: stacks[name], folder: stacks.folderOf(name) })),
          {
            place: environment,
            into,
            sources: new Map(),
            fromNothing: 'the-state',
            progress: new Progress(),
            signal: new AbortController().signal,
          },
        ),
      { variables },
    );

    const database = await readFile(join(into, 'dev-database.json'), 'utf8');
    expect(planned.map(({ provisional }) => provisional)).toEqual([
      ['the-state'],
      ['the-state', 'dev-network'],
    ]);
    expect(database).toMatch(/subnet-0{16}\d/);
  } finally {
    await rm(into, { recursive: true, force: true });
  }
});
