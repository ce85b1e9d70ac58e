/** Something happens while requests come in: it works, and no request fails meanwhile. */
import type { Home } from './home.ts';
import { describeFailures } from './outcomes.ts';
import type { Run } from './run.ts';

export async function noneFailed(
  { checks, options }: Run,
  { load }: Home,
  { step, name }: { readonly step: string; readonly name: string },
  work: () => Promise<unknown>,
): Promise<void> {
  const since = Date.now();
  await checks.keep(step, name, work);
  if (!options.traffic) return;
  await checks.keep(step, `no request failed while: ${name}`, async () => {
    const until = Date.now();
    await load.settled();
    const meanwhile = load.tally(since, until);
    if (meanwhile.failed.length > 0) throw new Error(describeFailures(meanwhile));
    if (meanwhile.requests === 0) throw new Error('no request was sent');
  });
}
