/** What every part of the benchmark works on. */
import type { Home } from '../loopback/home.ts';
import type { Generator } from './generator.ts';
import type { Shop } from './operations.ts';
import type { Scale } from './scale.ts';

export interface Ground {
  readonly home: Home;
  readonly shop: Shop;
  readonly generator: Generator;
  readonly scale: Scale;
  /** Tells whoever waits. */
  readonly say: (doing: string) => void;
  /** Aborts on Ctrl-C: the measurement that runs is the last. */
  readonly signal: AbortSignal;
}
