/** A finding in a line, for whoever has reviewed another one. */
import type { Finding } from '../review/finding.ts';

/** Characters of a value; policies and programs are longer. */
const LONGEST = 120;

/** @param known what was reviewed of the same resource; what is the same in both is left out */
export function told(finding: Finding, known: readonly Finding[] = []): string {
  const { rank, address, what, attribute, before, after, differences } = finding;
  const same = new Set(
    known.flatMap((one) => (one.differences ?? []).map((it) => JSON.stringify(it))),
  );
  const fresh = (differences ?? []).filter((one) => !same.has(JSON.stringify(one)));
  // A creation has as many differences as it has attributes.
  const shown = known.length > 0 ? fresh : [];
  const changes = attribute === undefined ? shown : [{ attribute, before, after }];
  const values = changes.map((one) => `${one.attribute}: ${cut(one.before)} → ${cut(one.after)}`);
  return `${rank}: ${address} ${what}${values.length === 0 ? '' : ` (${values.join(', ')})`}`;
}

function cut(value = 'nothing'): string {
  return value.length <= LONGEST ? value : `${value.slice(0, LONGEST)}…`;
}
