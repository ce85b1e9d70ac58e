/** Which line would keep what has vanished: found by what is new in its stack. */
import { type Addressed, addressedAt, isWithin } from './addressed.ts';
import type { Comparison } from './comparison.ts';
import { followed, type Move } from './steps.ts';

interface Candidate {
  readonly move: Move;
  /** How much of what vanished it would keep. */
  readonly keeps: number;
  /** How much of the one path's ids the other has. */
  readonly likeness: number;
  /** Nothing is left where it came from: the whole moved, and the line may name it. */
  readonly isWhole: boolean;
}

/** The best lines; several when they are equally good, none when nothing new is of the type. */
export function suggestedMoves(lost: Addressed, comparison: Comparison): Move[] {
  const candidates = comparison.fresh
    .filter(({ type }) => type === lost.type)
    .flatMap((found) => candidatesOf(lost, found, comparison).toSorted(better).slice(0, 1))
    .toSorted(likelier);
  const [first] = candidates;
  if (first === undefined) return [];
  return candidates.filter((each) => likelier(first, each) === 0).map(({ move }) => move);
}

/** From the longest paths to the shortest ones that say the same. */
function candidatesOf(lost: Addressed, found: Addressed, comparison: Comparison): Candidate[] {
  // A second rename leads on from where the first one led: a second line from one place is refused.
  const before = followed(lost.path, comparison.moves);
  const [from, to] = [before.split('/'), found.path.split('/')];
  const likeness = from.reduce((sum, id) => sum + likenessOf(id, to), 0);
  const stack = comparison.stack?.name ?? '';
  return [...from.keys()]
    .filter((cut) => cut < to.length && endsAlike(from, to, cut))
    .map((cut) => ({
      stack,
      from: from.slice(0, from.length - cut).join('/'),
      to: to.slice(0, to.length - cut).join('/'),
    }))
    .filter((move) => !leavesBehind(move, comparison))
    .map((move) => ({
      move,
      keeps: keptBy(move, comparison),
      likeness,
      isWhole: !written(comparison).some(({ path }) => isWithin(path, move.from)),
    }));
}

/** `isolated-a` is most in `isolated-a`, somewhat in `net-isolated-a`, not at all in `public-a`. */
function likenessOf(id: string, others: readonly string[]): number {
  if (others.includes(id)) return 2;
  return others.some((other) => other.includes(id) || id.includes(other)) ? 1 : 0;
}

function endsAlike(a: readonly string[], b: readonly string[], length: number): boolean {
  return length === 0 || a.slice(-length).join('/') === b.slice(-length).join('/');
}

/** Then one of two would have to be both: the line says too much. */
function leavesBehind({ from, to }: Move, comparison: Comparison): boolean {
  const addresses = new Set(written(comparison).map(({ address }) => address));
  return written(comparison)
    .filter(({ path }) => isWithin(path, to))
    .some(({ type, path }) => {
      const before = addressedAt(type, `${from}${path.slice(to.length)}`);
      return addresses.has(before.address);
    });
}

function keptBy({ from, to }: Move, { vanished, fresh, moves }: Comparison): number {
  const places = new Set(fresh.map(({ type, path }) => `${type} ${path}`));
  return vanished
    .map(({ type, path }) => ({ type, path: followed(path, moves) }))
    .filter(({ path }) => isWithin(path, from))
    .filter(({ type, path }) => places.has(`${type} ${to}${path.slice(from.length)}`)).length;
}

function written({ stack }: Comparison): readonly Addressed[] {
  return stack?.resources ?? [];
}

function likelier(a: Candidate, b: Candidate): number {
  return b.keeps - a.keeps || b.likeness - a.likeness;
}

/** Of one pair of paths. A line may be as short as it is true: of the whole short, of a part long. */
function better(a: Candidate, b: Candidate): number {
  const difference = a.move.from.length - b.move.from.length;
  return (
    likelier(a, b) ||
    Number(b.isWhole) - Number(a.isWhole) ||
    (a.isWhole ? difference : -difference)
  );
}
