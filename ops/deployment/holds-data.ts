/** Addresses of what cannot be made anew as it was; everything else can. One list for synth and commands. */
export { HOLDS_DATA } from '../../stacks/addresses/stateful.ts';
