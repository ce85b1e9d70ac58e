import type { Addressed } from './addressed.ts';
import { meaningOf } from './stateful.ts';

/** A resource in a sentence: where it is, for people and for Terraform, and what its end means. */
export function described({ path, address, type }: Addressed): string {
  return `${path} (${address}): ${meaningOf(type)}`;
}
