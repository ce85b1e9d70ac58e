/** All that a change does to a resource, exactly: what two plans are compared by. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { PlannedChange } from './change.ts';
import type { Sides } from './hidden.ts';
import { attributeFollowsImage, withoutImages } from './image.ts';
import type { Plan } from './plan-document.ts';
import { harmless } from './shown.ts';
import { withoutStandIns } from './stand-ins.ts';
import { isAnyUnknown, withUnknown } from './unknown.ts';

export interface Difference {
  readonly attribute: string;
  /** JSON, with a text in the place of what is sensitive or not known. */
  readonly before?: string;
  readonly after?: string;
}

/** Characters; of what is longer, such as a program for a machine, its SHA-256 is kept. */
const LONGEST = 20_000;

/** Attributes, the outermost ones, which are not what they were. */
export function differingAttributes({ before, after, unknown }: PlannedChange): string[] {
  const names = [before, after, unknown].flatMap((values) => Object.keys(values));
  return [...new Set(names)].filter(
    (name) => isAnyUnknown(unknown[name]) || !isSame(before[name], after[name]),
  );
}

/** Whether it is what it is because of another image, and nothing else. */
export function followsImageAlone(change: PlannedChange, plan: Plan): boolean {
  const names = differingAttributes(change);
  // Where nothing is seen to differ, something hidden does, or somebody asked for it by hand.
  return names.length > 0 && names.every((name) => attributeFollowsImage(change, name, plan));
}

/** Less the image, and what follows from it. */
export function differencesOf(change: PlannedChange, plan: Plan): Difference[] {
  const isProvisional = plan.provisional !== undefined;
  return differingAttributes(change)
    .filter((name) => !attributeFollowsImage(change, name, plan))
    .map((attribute) => {
      const { before, after } = withoutImages(change, attribute);
      const unknown = change.unknown[attribute];
      return difference(attribute, { before, after: withUnknown(after, unknown) }, isProvisional);
    });
}

export function difference(
  attribute: string,
  { before, after }: Sides,
  isProvisional: boolean,
): Difference {
  const was = exact(before, isProvisional);
  const is = exact(after, isProvisional);
  return {
    attribute,
    ...(was !== undefined && { before: was }),
    ...(is !== undefined && { after: is }),
  };
}

function exact(value: unknown, isProvisional: boolean): string | undefined {
  if (value === undefined || value === null) return undefined;
  const json = harmless(JSON.stringify(value));
  const text = isProvisional ? withoutStandIns(json) : json;
  if (text.length <= LONGEST) return text;
  return JSON.stringify(`sha256:${createHash('sha256').update(text).digest('hex')}`);
}

/** To Terraform nothing and null are one. */
function isSame(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(before ?? null, after ?? null);
}
