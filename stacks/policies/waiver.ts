/** Exceptions of rules: where, why, whose, and until when. */
import type { IConstruct } from 'constructs';

export interface Waiver {
  /** A rule of ours by its file's name, or a check of checkov by its id. */
  readonly rule: string;
  /** Of the construct, without the environment: `*-service/door/balancer`; `*` stands for any characters but `/`. */
  readonly path: string;
  /** Why it is right here. */
  readonly reason: string;
  /** Who looks at it again. */
  readonly owner: string;
  /** The last day on which it holds: `2027-05-31`. */
  readonly expires: string;
}

const used = new WeakMap<IConstruct, Set<Waiver>>();

/** Whether a rule is waived there; remembers that the waiver was of use. */
export function isWaived(waivers: readonly Waiver[], rule: string, { node }: IConstruct): boolean {
  const waiver = waivers.find((one) => one.rule === rule && matches(one.path, node.path));
  if (waiver === undefined) return false;
  usedIn(node.root).add(waiver);
  return true;
}

/** The waivers that some rule asked for in this tree. */
export function usedIn(root: IConstruct): Set<Waiver> {
  const known = used.get(root) ?? new Set<Waiver>();
  used.set(root, known);
  return known;
}

/** `*` is anything within one step of the path. */
export function matches(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(path);
}
