/** A changed output: it changes no resource, but whoever reads it. */
import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../deployment/refusal.ts';
import { at, isObject, type Sides, withoutHidden } from './hidden.ts';
import { isOfImageAlone } from './image.ts';

export interface OutputChange extends Sides {
  readonly stack: string;
  readonly name: string;
  readonly unknown: unknown;
  /** Whether it says another image, or another revision of a task, and nothing else. */
  readonly isOfImage: boolean;
}

/** Nothing, where it stays. @throws Refusal when it is not Terraform's */
export function outputChange(name: string, change: unknown, stack: string): OutputChange[] {
  if (!isObject(change) || !Array.isArray(change['actions'])) {
    throw new Refusal(`the plan of ${stack} lists outputs in another form than Terraform's`);
  }
  if (change['actions'].join(',') === 'no-op') return [];
  const { before, after, after_unknown: unknown } = change;
  // The same again is shown to more people than before.
  const isOfImage = !isDeepStrictEqual(before, after) && isOfImageAlone({ before, after }, unknown);
  // An output's outermost names may be secrets already.
  const { scrub, ...shown } = withoutHidden(
    { before: [before], after: [after] },
    {
      before: [change['before_sensitive']],
      after: [change['after_sensitive']],
    },
  );
  return [
    {
      stack,
      name,
      before: at(shown.before, [0]),
      after: at(shown.after, [0]),
      unknown: scrub(unknown),
      isOfImage,
    },
  ];
}
