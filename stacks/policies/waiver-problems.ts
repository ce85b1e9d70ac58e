/** A waiver ends on its day, and one that nothing needs is taken out. */
import type { IConstruct } from 'constructs';
import { matches, usedIn, type Waiver } from './waiver.ts';

const FILE = 'stacks/waivers.ts';

/** @param today as `2026-11-21` */
export function expired(waivers: readonly Waiver[], today: string): string[] {
  return waivers
    .filter(({ expires }) => expires < today)
    .map(
      ({ rule, path, owner, expires }) =>
        `${FILE}: the waiver of ${rule} for ${path} ended on ${expires}: mend what it was for, or let ${owner} decide on a later day`,
    );
}

/** Those that no rule asked for in this tree, once it is written. */
export function unneeded(waivers: readonly Waiver[], root: IConstruct): string[] {
  const used = usedIn(root);
  const paths = root.node.findAll().map(({ node }) => node.path);
  return waivers
    .filter((waiver) => !used.has(waiver))
    .filter(({ rule, path }) => !isOthers(rule) || !paths.some((one) => matches(path, one)))
    .map(
      ({ rule, path }) => `${FILE}: the waiver of ${rule} for ${path} matches nothing: delete it`,
    );
}

/** Of checkov: whether it finds something there, only it can say (`npm run checkov`). */
function isOthers(rule: string): boolean {
  return /^CKV2?_/.test(rule);
}
