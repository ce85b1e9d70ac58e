/**
 * Step 3: what was applied is what the stacks say, to the last attribute. Begun while others are
 * still made, since Terraform mostly waits for AWS then.
 */
import {
  type AllowedDrift,
  ALLOWED_DRIFT,
  describeDifference,
  differencesOf,
  type ShownPlan,
  unexplained,
} from '../drift.ts';
import type { Say } from '../../deployment/progress.ts';
import type { Ground } from '../ground.ts';
import type { Run } from '../run.ts';

/** @param applied names of stacks, as they come to be as their files say */
export async function planAgain(
  run: Run,
  { stacks }: Ground,
  { applied, say }: { readonly applied: AsyncIterable<string>; readonly say: Say },
): Promise<void> {
  const planned = new Set<string>();
  for await (const stack of applied) {
    say(stack);
    planned.add(stack);
    await run.checks.keep('plan-again', `a second plan of ${stack} is empty`, async () => {
      const { isEmpty, shown } = await stacks.planOf(stack);
      if (!isEmpty) refuseDrift(run, shown);
    });
  }
  const others = stacks.names.filter((name) => !planned.has(name));
  // What failed there has told why already.
  const { checks } = run;
  if (others.length === 0 || checks.failed('stand-up') + checks.failed('upgrade') > 0) return;
  throw new Error(`these were never applied: ${others.join(', ')}`);
}

/** @throws Error with what nobody has explained */
function refuseDrift({ notes }: Run, shown: string): void {
  const differences = differencesOf(JSON.parse(shown) as ShownPlan);
  const others = unexplained(differences);
  const explained = differences.filter((difference) => !others.includes(difference));
  for (const { address, attribute } of explained) {
    const entry = ALLOWED_DRIFT.find(
      (allowed: AllowedDrift) => allowed.address === address && allowed.attribute === attribute,
    );
    notes.drift.push(`${address}, ${attribute}: ${entry?.reason ?? ''}`);
  }
  if (others.length === 0 && differences.length > 0) return;
  const text = others.map(describeDifference).join('\n');
  throw new Error(
    `Terraform would change:\n${text === '' ? 'something that it does not show' : text}`,
  );
}
