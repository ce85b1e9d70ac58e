/** Whether plans bring another image, and nothing but what follows from it. */
import type { PlannedChange } from './change.ts';
import { differingAttributes, followsImageAlone } from './differences.ts';
import { attributeFollowsImage } from './image.ts';
import type { Plan } from './plan-document.ts';
import { oneLine } from './shown.ts';

interface OnlyImage {
  /** What comes with the image. */
  readonly following: readonly string[];
  /** What is something else. */
  readonly others: readonly string[];
}

/** What somebody else has changed is nothing that a plan does, so it is left out. */
export function onlyImage(plans: readonly Plan[]): OnlyImage {
  const said = plans.flatMap((plan) => [
    ...plan.changes.map((change) => ofChange(change, plan)),
    ...besides(plan),
  ]);
  const texts = (wanted: boolean) =>
    said.filter(({ follows }) => follows === wanted).map(({ text }) => oneLine(text));
  return { following: texts(true), others: texts(false) };
}

function besides({ stack, moves, outputs, invocations, isWhole }: Plan) {
  return [
    ...moves.map(({ address }) => ({
      text: `${stack} ${address} is moved or taken over`,
      follows: false,
    })),
    ...invocations.map(({ address }) => ({
      text: `${stack} ${address} is run by the provider`,
      follows: false,
    })),
    ...(isWhole ? [] : [{ text: `${stack} is not planned as a whole`, follows: false }]),
    ...outputs.map(({ name, isOfImage: follows }) => ({
      text: `${stack} output.${name}`,
      follows,
    })),
  ];
}

function ofChange(change: PlannedChange, plan: Plan) {
  const { stack, address, action } = change;
  const attributes = differingAttributes(change);
  const other = attributes.filter((name) => !attributeFollowsImage(change, name, plan));
  const isWhole = action !== 'update' && action !== 'replace';
  const follows = followsImageAlone(change, plan);
  const what = isWhole ? '' : `: ${(follows ? attributes : other).join(', ')}`;
  return { text: `${stack} ${address} (${action})${what}`, follows };
}
