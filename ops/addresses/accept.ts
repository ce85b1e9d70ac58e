/** `npm run addresses -- accept`: the records become what the code says, or what the states say. */
import { meaningOf } from '../../stacks/addresses/stateful.ts';
import type { Addressed } from '../../stacks/addresses/addressed.ts';
import { type Comparison, losses } from '../../stacks/addresses/comparison.ts';
import { type Addresses, writeRecord } from '../../stacks/addresses/records.ts';
import { Refusal } from '../deployment/refusal.ts';
import { isGone } from './chosen.ts';

interface Acceptance {
  /** What is said to be gone, by path, stack or environment. */
  readonly gone: readonly string[];
  /** Addresses that exist, by record; without a record's only the code is asked. @default none */
  readonly states?: ReadonlyMap<string, ReadonlySet<string>>;
  readonly folder: string;
}

/** @returns a line for each record. @throws Refusal, before anything is written, for what nobody gave up */
export function accept(those: readonly Comparison[], acceptance: Acceptance): string[] {
  const lost = those.flatMap((each) =>
    lossesNotNamed(each, acceptance).map(
      ({ path, type }) => `  --gone ${each.record}/${path}   ${meaningOf(type)}`,
    ),
  );
  if (lost.length > 0) {
    throw new Refusal(
      `nothing was written: this would no longer be known, and the next release would destroy it. Add to stacks/moves.ts what only moved (npm run synth says which line), and name what shall go:\n${lost.join('\n')}`,
    );
  }
  return those.map((each) => {
    const addresses = acceptedOf(each, acceptance);
    const where = each.stack?.stack.place ?? each.where;
    if (where !== undefined) writeRecord(each.record, { ...where, addresses }, acceptance.folder);
    return summary(each, addresses);
  });
}

function lossesNotNamed(comparison: Comparison, { gone, states }: Acceptance): Addressed[] {
  const state = states?.get(comparison.record);
  // With its state asked, what is not in it is gone, and what is in it stays recorded.
  if (state !== undefined) return [];
  return losses(comparison).filter(({ path }) => !isGone(comparison, path, gone));
}

function acceptedOf(comparison: Comparison, { gone, states }: Acceptance): Addresses {
  const { stack, recorded = new Map<string, string>() } = comparison;
  const state = states?.get(comparison.record);
  const written = (stack?.resources ?? []).map(({ path, address }) => [path, address] as const);
  if (state === undefined) return new Map(written);
  // What was not moved or destroyed yet stays where it was.
  const known = [...recorded].filter(([path]) => !isGone(comparison, path, gone));
  return new Map([...known, ...written].filter(([, address]) => state.has(address)));
}

function summary({ record, recorded }: Comparison, addresses: Addresses): string {
  const before = new Set(recorded?.values());
  const after = new Set(addresses.values());
  const file = `stacks/addresses/${record}.json`;
  if (after.size === 0) return `${file}: ${recorded === undefined ? 'not written' : 'removed'}`;
  const [added, dropped] = [after.difference(before).size, before.difference(after).size];
  const changes = added + dropped === 0 ? 'as before' : `${added} added, ${dropped} dropped`;
  return `${file}: ${after.size} resources, ${changes}`;
}
