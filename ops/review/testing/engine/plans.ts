/** Plans of this folder and its neighbour, made by real Terraform, whole or changed for a test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RawChange } from '../../raw-change.ts';

export interface Document {
  readonly resource_changes: readonly RawChange[];
  readonly [other: string]: unknown;
}

/** @param name `plans/pull-request` or `engine/release` */
export function document(name: string): Document {
  const file = join(import.meta.dirname, '..', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Document;
}

export function text(name: string): string {
  return JSON.stringify(document(name));
}

/** The change of an address as often as asked for, at addresses of their own. */
export function multiplied(name: string, address: string, times: number): string {
  const plan = document(name);
  const change = plan.resource_changes.find((one) => one.address === address);
  const changes = Array.from({ length: times }, (_, index) => ({
    ...change,
    address: `${address}[${index}]`,
  }));
  return JSON.stringify({ ...plan, resource_changes: changes });
}
