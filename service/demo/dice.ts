/** Chance that falls the same way every time. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 ≤ x < 1. Mulberry32, a generator of Tommy Ettinger's in the public domain. */
  roll(): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** One of the list; the first ones oftener when `lean` is above 1. */
  pick<Thing>(things: readonly Thing[], lean = 1): Thing {
    const thing = things[Math.floor(this.roll() ** lean * things.length)];
    if (thing === undefined) throw new Error('there is nothing to pick from');
    return thing;
  }

  shuffle<Thing>(things: readonly Thing[]): Thing[] {
    return things
      .map((thing) => ({ thing, place: this.roll() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ thing }) => thing);
  }
}
