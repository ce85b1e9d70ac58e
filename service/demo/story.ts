/** What happened in the demo store: three months of orders, the same ones in every store. */
import type { Status } from '../orders/schemas.ts';
import { type Transition, TRANSITIONS } from '../orders/transitions.ts';
import { CATALOGUE, type DemoProduct } from './catalogue.ts';
import { Dice } from './dice.ts';
import { type DemoPerson, PEOPLE } from './people.ts';

const ORDERS = 200;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds that the story takes; all of its times count from its beginning. */
export const DURATION = 90 * DAY;

export interface StoryOrder {
  readonly at: number;
  readonly customer: DemoPerson;
  readonly lines: readonly StoryLine[];
  readonly note: string | undefined;
}

interface StoryLine {
  readonly sku: string;
  readonly quantity: number;
}

export interface Step {
  readonly at: number;
  /** Which order of the story, from 0. */
  readonly order: number;
  readonly transition: Transition;
  /** Where the order stands before. */
  readonly from: Status;
}

export interface Chapter {
  /** Steps of earlier orders since the chapter before, oldest first. */
  readonly steps: readonly Step[];
  /** Ends the chapter. */
  readonly order: StoryOrder;
}

/** The last chapter ends with the last thing that happens. */
export function story(): Chapter[] {
  const dice = new Dice(4711);
  const orders = inventOrders(dice);
  const steps = orders
    .flatMap(({ at }, order) => inventSteps(dice, order, at))
    .toSorted((a, b) => a.at - b.at);
  return orders.map((order, index) => {
    const since = orders[index - 1]?.at ?? 0;
    return { order, steps: steps.filter(({ at }) => at > since && at <= order.at) };
  });
}

const NOTES = [
  'Please ring twice.',
  'It is a present: no invoice in the parcel, please.',
  'Leave it with the neighbours on the ground floor.',
];

function inventOrders(dice: Dice): StoryOrder[] {
  const shelf = new Shelf(dice);
  return inventTimes(dice).map((at) => ({
    at,
    customer: dice.pick(PEOPLE),
    lines: inventLines(dice, shelf),
    note: dice.roll() < 0.12 ? dice.pick(NOTES) : undefined,
  }));
}

/** More of them towards the end, as in a store that grows; the last one a moment ago. */
function inventTimes(dice: Dice): number[] {
  const last = DURATION - 4 * MINUTE;
  const earlier = Array.from({ length: ORDERS - 1 }, () => Math.round(last * dice.roll() ** 0.75));
  return [...earlier.toSorted((a, b) => a - b), last];
}

/** An order names a product once, however often somebody reaches for it. */
function inventLines(dice: Dice, shelf: Shelf): StoryLine[] {
  const quantities = new Map<string, number>();
  for (let reaches = dice.pick([1, 1, 2, 2, 3, 4]); reaches > 0; reaches -= 1) {
    const { sku, quantity } = shelf.take();
    quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  }
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}

/** Minor units above which people buy one piece at a time. */
const DEAR = 3000;

/** What can still be bought. Pieces that a cancelled order gives back are not counted on. */
class Shelf {
  readonly #dice: Dice;
  /** Favourites first. */
  #products: readonly DemoProduct[];

  constructor(dice: Dice) {
    this.#dice = dice;
    this.#products = dice.shuffle(CATALOGUE);
  }

  take(): StoryLine {
    const product = this.#dice.pick(this.#products, 1.5);
    const wanted = product.price > DEAR ? 1 : this.#dice.pick([1, 1, 1, 2, 2, 3, 6]);
    const quantity = Math.min(product.stock, wanted);
    const rest = { ...product, stock: product.stock - quantity };
    this.#products = this.#products
      .map((other) => (other === product ? rest : other))
      .filter(({ stock }) => stock > 0);
    return { sku: product.sku, quantity };
  }
}

const DELIVERED: readonly Transition[] = ['pay', 'ship', 'deliver'];

/** Twenty-eight of thirty-two orders end as they should. */
const FATES: readonly (readonly Transition[])[] = [
  ...Array.from({ length: 28 }, () => DELIVERED),
  ['cancel'],
  ['cancel'],
  ['pay', 'cancel', 'refund'],
  [...DELIVERED, 'refund'],
];

/** Hours from the step before: at least, at most. */
const DELAYS: Readonly<Record<Transition, readonly [number, number]>> = {
  pay: [0.05, 48],
  ship: [4, 60],
  deliver: [20, 120],
  cancel: [0.5, 10],
  refund: [3, 200],
};

function inventSteps(dice: Dice, order: number, placed: number): Step[] {
  let at = placed;
  let from: Status = 'placed';
  return dice.pick(FATES).map((transition) => {
    const [least, most] = DELAYS[transition];
    // Most are quick, some take long.
    at += Math.round((least + (most - least) * dice.roll() ** 3) * HOUR);
    const step = { at, order, transition, from };
    from = TRANSITIONS[transition].to;
    return step;
  });
}
