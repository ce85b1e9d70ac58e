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

/** As it stands in stacks/moves.ts. */
export function asLine({ stack, from, to }: Move): string {
  return `{ stack: '${stack}', from: '${from}', to: '${to}' },`;
}
