/** Alternating rounds: what is compared is measured in turns, so that a slow minute hits all. */
import type { Ground } from './ground.ts';
import type { Sample } from './measure.ts';
import { type Operation, OPERATIONS } from './operations.ts';

export interface Variant {
  /** `store`, `pgbench-10`, or a peer's. */
  readonly id: string;
  /** As the report names it. */
  readonly name: string;
  readonly measure: () => Promise<Sample>;
}

/** Of one variant, a sample for each round. */
export interface Series extends Pick<Variant, 'id' | 'name'> {
  readonly samples: readonly Sample[];
}

export interface Measured {
  readonly operation: Operation['id'];
  readonly series: readonly Series[];
}

/** Every operation, one after the other. */
export async function measureAll(
  { say, signal }: Pick<Ground, 'say' | 'signal'>,
  rounds: number,
  variantsOf: (operation: Operation) => readonly Variant[],
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const operation of OPERATIONS) {
    const series = await inRounds(variantsOf(operation), rounds, (round, name) => {
      signal.throwIfAborted();
      say(`${operation.name}, round ${round} of ${rounds}, ${name}`);
    });
    measured.push({ operation: operation.id, series });
  }
  return measured;
}

/**
 * Each round begins with another variant: being first is no advantage. One round more comes
 * before them and counts for nothing: programs that just started are slow.
 * @param tell is called before each measurement; what it throws ends the rounds
 */
export async function inRounds(
  variants: readonly Variant[],
  rounds: number,
  tell: (round: number, name: string) => void,
): Promise<Series[]> {
  const series = variants.map((variant) => ({ ...variant, samples: [] as Sample[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, measure, samples } of rotated(series, round)) {
      tell(round, name);
      const sample = await measure();
      if (round > 0) samples.push(sample);
    }
  }
  return series.map(({ id, name, samples }) => ({ id, name, samples }));
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

/** Sentences: a figure that was reached by refusing work is none. */
export function failuresOf(measured: readonly Measured[]): string[] {
  return measured.flatMap(({ operation, series }) =>
    series.flatMap(({ name, samples }) =>
      samples.flatMap((sample, round) =>
        failures(sample).map((what) => `${operation}, ${name}, round ${round + 1}: ${what}`),
      ),
    ),
  );
}

function failures(sample: Sample): string[] {
  const told = Object.entries(sample.failures);
  if (told.length === 0 && sample.perSecond === 0) return ['no answer'];
  return told.map(([what, count]) => `${count.toLocaleString('en')} × ${what}`);
}
