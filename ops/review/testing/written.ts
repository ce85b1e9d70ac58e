/** How plans are committed: a line for each change, without what changes from run to run. */
import type { PlanDocument } from './state-of.ts';

/** Configuration, the state before and the one after say once more what the changes say. */
const LEFT_OUT = new Set(['configuration', 'planned_values', 'prior_state', 'timestamp']);

export function written(plan: PlanDocument): string {
  const kept = Object.entries(plan).filter(([key]) => !LEFT_OUT.has(key));
  return `{\n${kept.map(([key, value]) => `${JSON.stringify(key)}: ${lines(value)}`).join(',\n')}\n}\n`;
}

function lines(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return `[\n${value.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
}
