/** Releases as text: a block each, so that nothing is cut off where somebody has to copy it. */
import { duration } from '../deployment/progress.ts';
import type { ReleaseRecord } from '../running/records.ts';

/** @param records newest first. @param good digest that was last seen serving well */
export function asText(
  records: readonly ReleaseRecord[],
  environment: string,
  good?: string,
): string {
  if (records.length === 0) {
    return `${environment} was never released: npm run release -- ${environment}`;
  }
  const serving = records.find(({ digest, outcome }) => digest === good && outcome === 'succeeded');
  return records.map((record) => block(record, record === serving)).join('\n\n');
}

function block(record: ReleaseRecord, serves: boolean): string {
  const { kind, begun, ended, outcome, who, digest, commit, checkout, from } = record;
  const promoted = from === undefined ? '' : `, from ${from}`;
  const stacks = checkout === commit ? '' : `, stacks of ${checkout}`;
  return [
    `${serves ? '*' : ' '} ${begun}  ${kind} ${outcome}, ${duration((Date.parse(ended) - Date.parse(begun)) / 1000)}`,
    `    by      ${who}`,
    `    image   ${digest === '' ? 'none' : digest}, commit ${commit}${promoted}${stacks}`,
    ...plansOf(record),
    ...schemaOf(record),
    ...reasonOf(record),
  ].join('\n');
}

function plansOf({ plans }: ReleaseRecord): string[] {
  return Object.entries(plans).map(
    ([stack, plan], index) => `${index === 0 ? '    plans   ' : '            '}${stack}: ${plan}`,
  );
}

/** Which images can still be gone back to. */
function schemaOf({ schema }: ReleaseRecord): string[] {
  if (schema === undefined) return [];
  return [`    schema  build ${schema.build}; images from build ${schema.minimumBuild} on work`];
}

/** The first line says why; the rest is in the records. */
function reasonOf({ reason }: ReleaseRecord): string[] {
  return reason === undefined ? [] : [`    why     ${reason.split('\n')[0] ?? ''}`];
}
