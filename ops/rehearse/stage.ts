/** What there is at the moment, for whoever ends it: filled as it comes, whatever fails afterwards. */
import type { Ground } from './ground.ts';
import type { Home } from './home.ts';

export interface Stage {
  ground?: Ground;
  home?: Home;
  /** Digest of this version's image, once it has taken the place of an earlier one. */
  upgraded?: string;
}
