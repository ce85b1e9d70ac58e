/** From where to where constructs moved, and by which addresses a resource came. */
import { type Addressed, addressedAt, isWithin } from './addressed.ts';

/** `{ stack: 'database', from: 'postgres', to: 'store-database/postgres' }` */
export interface Move {
  /** Without the environment: `database`. */
  readonly stack: string;
  /** A path below the stack; everything within it moved. */
  readonly from: string;
  readonly to: string;
}

export interface Step {
  readonly move: Move;
  readonly from: Addressed;
  readonly to: Addressed;
}

/** How a resource came to its place: the last step first. @param moves those of its stack */
export function stepsTo(resource: Addressed, moves: readonly Move[]): Step[] {
  const [move] = moves
    .filter(({ to }) => isWithin(resource.path, to))
    // What is said of a part holds, not what is said of the whole.
    .toSorted((a, b) => b.to.length - a.to.length);
  if (move === undefined) return [];
  const path = `${move.from}${resource.path.slice(move.to.length)}`;
  const from = addressedAt(resource.type, path);
  const others = moves.filter((other) => other !== move);
  return [{ move, from, to: resource }, ...stepsTo(from, others)];
}

/** Where a path leads by the lines that there are; itself where none is about it. */
export function followed(path: string, moves: readonly Move[]): string {
  const [move] = moves
    .filter(({ from }) => isWithin(path, from))
    .toSorted((a, b) => b.from.length - a.from.length);
  if (move === undefined) return path;
  const others = moves.filter((other) => other !== move);
  return followed(`${move.to}${path.slice(move.from.length)}`, others);
}

/** As it stands in stacks/moves.ts, also where something is missing. */
export function asLine({ stack, from, to }: Partial<Move>): string {
  const parts = Object.entries({ stack, from, to }).filter(([, value]) => value !== undefined);
  return `{ ${parts.map(([key, value]) => `${key}: '${value}'`).join(', ')} },`;
}
