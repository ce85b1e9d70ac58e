/** Exceptions of rules: where, why, whose, and until when. */
import type { IConstruct } from 'constructs';
import type { RuleName } from './rule-names.ts';

export interface Waiver {
  readonly rule: RuleName;
  /**
   * Of the construct: `*-service/door/balancer`; `*` is anything within a step, here of every
   * environment. What a rule of ours refuses at a stack itself, such as an output: `*-service`.
   */
  readonly path: string;
  /** Why it is right here. */
  readonly reason: string;
  /** Who looks at it again. */
  readonly owner: string;
  /** The last day on which it holds: `2027-05-31`. Thirteen months ahead at most. */
  readonly expires: string;
  /**
   * Of checkov's checks only: what it is for is built with some settings, which no environment of
   * a table needs to have. Then `npm run checkov`, which tries them all, says whether it is needed.
   * @default false: a synthesis without such a construct is refused
   */
  readonly builtSometimes?: true;
}

const uses = new WeakMap<IConstruct, Map<Waiver, Set<string>>>();

/** Whether a rule is waived there; remembers that the waiver was of use. */
export function isWaived(waivers: readonly Waiver[], rule: string, { node }: IConstruct): boolean {
  const waiver = waivers.find((one) => one.rule === rule && matches(one.path, node.path));
  if (waiver === undefined) return false;
  const used = usesIn(node.root);
  used.set(waiver, (used.get(waiver) ?? new Set()).add(node.path));
  return true;
}

/** The waivers that some rule asked for in this tree, with the paths of what was refused there. */
export function usesIn(root: IConstruct): Map<Waiver, Set<string>> {
  const known = uses.get(root) ?? new Map<Waiver, Set<string>>();
  uses.set(root, known);
  return known;
}

/** `*` is anything within one step of the path. */
export function matches(pattern: string, path: string): boolean {
  // Nobody looks at types when the waivers are read, nor at waivers when an operator needs a command.
  if (typeof pattern !== 'string') return false;
  const parts = pattern.split('*').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(path);
}
