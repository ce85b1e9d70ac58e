import { goOn, mayHaveSwitched, type Phase, type Steps } from './phases.ts';

const ORDER = ['making', 'inspecting', 'migrating', 'switching', 'adopting', 'kept'] as const;

/** Where the databases are, as AWS would show it; each step may be repeated, as theirs may. */
class World {
  recorded: Phase = 'making';
  made = false;
  served: 'first' | 'second' = 'first';
  known: 'first' | 'second' = 'first';
  /** Both let in at once: the one thing that may never be. */
  writers = new Set(['first']);
  /** Where the process dies; `after` is when the work is done and nobody was told. */
  death: { readonly phase: Phase; readonly moment: 'before' | 'after' } | undefined;

  readonly #work: Readonly<Record<Exclude<Phase, 'kept' | 'dropping'>, () => void>> = {
    making: () => (this.made = true),
    inspecting: () => this.#must(this.made),
    migrating: () => this.#must(this.made && this.served === 'first'),
    switching: () => {
      this.writers.clear();
      this.served = 'second';
      this.writers.add('second');
    },
    adopting: () => {
      this.#must(this.served === 'second');
      this.known = 'second';
    },
  };

  run(): Promise<void> {
    const steps = Object.fromEntries(
      Object.entries(this.#work).map(([phase, work]) => [
        phase,
        async () => {
          this.#dieAt(phase, 'before');
          work();
          this.#dieAt(phase, 'after');
        },
      ]),
    ) as unknown as Steps;
    return goOn(this.recorded, steps, async (phase) => {
      this.recorded = phase;
    });
  }

  #must(isSo: boolean): void {
    if (!isSo) throw new Error('done in a state in which it may not be done');
  }

  #dieAt(phase: string, moment: 'before' | 'after'): void {
    this.#must(this.writers.size < 2);
    if (this.death?.phase !== phase || this.death.moment !== moment) return;
    this.death = undefined;
    throw new Error('killed');
  }
}

const END = { recorded: 'kept', made: true, served: 'second', known: 'second' };

test('each phase is recorded before it is begun', async () => {
  const seen: string[] = [];
  const note = async (): Promise<void> => void seen.push('work');
  const steps: Steps = {
    making: note,
    inspecting: note,
    migrating: note,
    switching: note,
    adopting: note,
  };

  await goOn('making', steps, async (phase) => void seen.push(phase));

  expect(seen.filter((_, index) => index % 2 === 0)).toEqual(ORDER);
});

test.each(
  ORDER.slice(0, -1).flatMap((phase) =>
    (['before', 'after'] as const).map((moment) => ({ phase, moment })),
  ),
)('killed $moment the work of $phase, the next run comes to the same end', async (death) => {
  const world = new World();
  world.death = death;
  await expect(world.run()).rejects.toThrow('killed');
  expect(world.recorded).toBe(death.phase);

  await world.run();

  expect(world).toMatchObject(END);
});

test('until the switch is begun nothing points to the new database', () => {
  const touching = ORDER.filter(mayHaveSwitched);

  expect(touching).toEqual(['switching', 'adopting', 'kept']);
  expect(mayHaveSwitched('dropping')).toBe(true);
});
