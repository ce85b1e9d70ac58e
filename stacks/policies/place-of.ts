/** Whose a stack is, and what its place says. By its shape: the base class of stacks imports the policies. */
import type { Environment, Place } from '../place.ts';
import type { WrittenStack } from '../written/written-stack.ts';
import { isBlock } from './attributes.ts';

/** Where a stack of an account or an environment lives; undefined for one that does not say it. */
export function homeOf({ construct }: WrittenStack): Place | undefined {
  const place = 'place' in construct ? construct.place : undefined;
  // What extends StoreStack has a whole one.
  return isBlock(place) ? (place as unknown as Place) : undefined;
}

/** What environments share; anything else is judged as a part of an environment. */
export function isOfAccount(stack: WrittenStack): boolean {
  const home = homeOf(stack);
  return home !== undefined && 'environments' in home;
}

/** Whether destroying it may destroy its data; a stack that does not say so keeps it. */
export function mayLoseData(stack: WrittenStack): boolean {
  return homeOf(stack)?.dataMayBeLost === true;
}

/** Whether real customers depend on it. */
export function isProduction(stack: WrittenStack): boolean {
  return environmentOf(stack)?.production === true;
}

/** Whether its environment says that everybody may read what goes through its door. */
export function exposesTokens(stack: WrittenStack): boolean {
  const environment = environmentOf(stack);
  return environment?.production === false && 'plainHttpExposesTokens' in environment.door.address;
}

function environmentOf(stack: WrittenStack): Environment | undefined {
  const home = homeOf(stack);
  return home !== undefined && 'production' in home ? (home as Environment) : undefined;
}
