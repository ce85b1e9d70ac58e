/** Sizes of machines by their names, so that the bill's way can be told without prices. */
import type { Difference } from './differences.ts';

const STEPS = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];

/** @returns above 0 for bigger, below for smaller, 0 where families differ too much to tell */
export function sizeOf({ before, after }: Difference): number {
  const [was, is] = [Number(before), Number(after)];
  if (!Number.isNaN(was) && !Number.isNaN(is)) return is - was;
  const [old, young] = [partsOf(String(before)), partsOf(String(after))];
  if (old.family !== young.family) return 0;
  return young.step - old.step;
}

/** `db.t4g.2xlarge` is of the family `db.t4g`, and a step above `xlarge`. */
function partsOf(name: string): { readonly family: string; readonly step: number } {
  const parts = name.split('.');
  const sizeAt = parts.findIndex((part) => STEPS.includes(part.replace(/^\d+/, '')));
  const size = parts[sizeAt] ?? '';
  const family = parts.filter((_, at) => at !== sizeAt).join('.');
  const times = Number(/^\d+/.exec(size)?.[0] ?? 1);
  return { family, step: STEPS.indexOf(size.replace(/^\d+/, '')) + times - 1 };
}
