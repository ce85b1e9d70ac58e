/**
 * What got another name or another parent, as it is said to Terraform in every environment. Synth
 * asks for a line when something would be lost, and `npm run addresses` says when one is done.
 */
import type { Move } from './addresses/steps.ts';

export const moves: readonly Move[] = [];
