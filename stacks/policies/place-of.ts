/** What a stack's place says of it. By its shape: the base class of stacks imports the policies. */
import { isBlock } from './attributes.ts';
import type { WrittenStack } from '../written/written-stack.ts';

/** Whether destroying it may destroy its data; a stack that does not say so keeps it. */
export function mayLoseData(stack: WrittenStack): boolean {
  return placeOf(stack)['dataMayBeLost'] === true;
}

/** Whether its environment says that everybody may read what goes through its door. */
export function exposesTokens(stack: WrittenStack): boolean {
  const { production, door } = placeOf(stack);
  const address = isBlock(door) ? door['address'] : undefined;
  return production === false && isBlock(address) && address['plainHttpExposesTokens'] === true;
}

function placeOf({ construct }: WrittenStack): Readonly<Record<string, unknown>> {
  const place = 'place' in construct ? construct.place : undefined;
  return isBlock(place) ? place : {};
}
