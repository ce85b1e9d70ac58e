/** How much is measured. */

/** Rows. */
export interface Stock {
  readonly products: number;
  readonly customers: number;
  readonly orders: number;
}

export interface Scale {
  readonly name: 'full' | 'quick';
  readonly stock: Stock;
  readonly rounds: number;
  readonly load: {
    readonly connections: number;
    /** Milliseconds before the figures begin, and of the figures. */
    readonly warmUp: number;
    readonly measured: number;
  };
  /** Starts of a process of which the one in the middle counts. */
  readonly starts: number;
}

export const FULL: Scale = {
  name: 'full',
  stock: { products: 100_000, customers: 10_000, orders: 200_000 },
  rounds: 5,
  load: { connections: 50, warmUp: 1000, measured: 4000 },
  starts: 10,
};

/** For people who changed something: the command works. Its figures are worth little. */
export const QUICK: Scale = {
  name: 'quick',
  stock: { products: 10_000, customers: 1000, orders: 20_000 },
  rounds: 2,
  load: { connections: 50, warmUp: 300, measured: 1000 },
  starts: 3,
};

export function times(factor: number, { products, customers, orders }: Stock): Stock {
  return { products: products * factor, customers: customers * factor, orders: orders * factor };
}
