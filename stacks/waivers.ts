/** Where a policy does not hold, why, who answers for it, and until when. `npm run waivers` lists them. */
import type { Waiver } from './policies/waiver.ts';

export const waivers: readonly Waiver[] = [];
