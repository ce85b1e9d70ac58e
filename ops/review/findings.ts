/** What is found in one plan: what rules say, and a line for all else that it does. */
import { isDeepStrictEqual } from 'node:util';
import type { Origin } from '../plan/plans-file.ts';
import { besides } from './besides.ts';
import type { PlannedChange } from './change.ts';
import { differencesOf, differingAttributes, followsImageAlone } from './differences.ts';
import type { Finding } from './finding.ts';
import { attributeFollowsImage } from './image.ts';
import type { Plan } from './plan-document.ts';
import { needsApproval } from './ranks.ts';
import type { Remark } from './rule.ts';
import { type Judged, saidOf } from './judged.ts';
import { cut, oneLine, shownAt } from './shown.ts';
import { withoutStandIns } from './stand-ins.ts';
import { ofUnknownType, type RuleName } from './unknown-types.ts';

/** Characters of a sentence that a rule builds. */
const SENTENCE = 400;

export function findingsOf(plan: Plan, judged: Judged): Finding[] {
  const drifted = new Map(plan.drift.map((drift) => [drift.address, drift]));
  const found = [
    ...plan.changes.flatMap((change) =>
      ofChange(change, { plan, judged, drift: drifted.get(change.address) }),
    ),
    ...besides(plan),
  ];
  return found.map((finding) => finished(finding, plan));
}

interface Context {
  readonly plan: Plan;
  readonly judged: Judged;
  readonly drift: PlannedChange | undefined;
}

function ofChange(change: PlannedChange, { plan, judged, drift }: Context): Finding[] {
  const said = saidOf(change, judged).map(({ rule, remark }) => ofRemark(change, rule, remark));
  const careful = ofUnknownType(change, judged.rulesFor.get(change.type) ?? []);
  if (careful !== undefined && !said.some(({ rank }) => needsApproval(rank))) {
    said.push(ofRemark(change, careful.rule, careful.remark));
  }
  if (followsImageAlone(change, plan)) {
    const findings = said.length > 0 ? withoutTwins(said) : [unruled(change, drift)];
    return findings.map((finding) =>
      Object.assign(finding, { isOfImage: true as const, differences: [] }),
    );
  }
  const found = withoutTwins(said).map((finding) =>
    Object.assign(finding, isOfImage(change, finding, plan) && { isOfImage: true as const }),
  );
  const differences = differencesOf(change, plan);
  // Nobody looks at the differences of what is free.
  const bearer = found.find((finding) => finding.isOfImage !== true);
  if (bearer === undefined) return [{ ...unruled(change, drift), differences }, ...found];
  Object.assign(bearer, { differences });
  return found;
}

function ofRemark(change: PlannedChange, { id, rank }: RuleName, remark: Remark): Finding {
  const { what, why, path, before, after } = remark;
  return {
    rank,
    rule: id,
    ...subject(change),
    what,
    why,
    ...(path !== undefined && { attribute: path.join('.'), ...shownAt(change, path) }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

function subject({ stack, address, type, action, isGapless }: PlannedChange) {
  return { stack, address, type, action, ...(isGapless && { isGapless: true as const }) };
}

const EFFECTS = {
  create: 'is made',
  update: 'is changed',
  replace: 'is replaced',
  destroy: 'is destroyed',
  forget: 'is left to itself: Terraform forgets it',
};

/** No rule has anything to say about it. */
function unruled(change: PlannedChange, drift: PlannedChange | undefined): Finding {
  const { action } = change;
  const reasons = reasonsOf(change);
  const what = EFFECTS[action] + (reasons.length === 0 ? '' : `: ${reasons.join(', ')}`);
  const found = { ...subject(change), what };
  if (drift !== undefined && isUndone(drift, change)) {
    const why = 'Somebody or something else changed it, and this plan takes that back.';
    return { rank: 'drift', rule: 'drift-undone', ...found, why };
  }
  return { rank: 'other', rule: `${action}-of-other`, ...found, why: 'No rule is about this.' };
}

/** Attributes that say why. */
function reasonsOf(change: PlannedChange): string[] {
  if (change.action === 'replace') return change.replacePaths.map((path) => path.join('.'));
  return change.action === 'update' ? differingAttributes(change) : [];
}

/** Whether it brings back what was there before somebody else came. */
function isUndone(drift: PlannedChange, change: PlannedChange): boolean {
  if (drift.action === 'destroy') return change.action === 'create';
  return differingAttributes(drift).some((name) =>
    isDeepStrictEqual(drift.before[name], change.after[name]),
  );
}

function withoutTwins(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function isOfImage(change: PlannedChange, { attribute }: Finding, plan: Plan): boolean {
  const first = attribute?.split('.')[0];
  return first !== undefined && attributeFollowsImage(change, first, plan);
}

/** With its origin; and no text in it can act on the screen that shows it. */
function finished(finding: Finding, { origins, provisional }: Plan): Finding {
  const text = (value: string, longest = SENTENCE) => {
    const known = provisional === undefined ? value : withoutStandIns(value);
    return cut(oneLine(known), longest);
  };
  const { address, what, why, attribute, before, after } = finding;
  return {
    ...finding,
    address: oneLine(address),
    ...(attribute !== undefined && { attribute: oneLine(attribute) }),
    what: text(what),
    why: text(why),
    ...(before !== undefined && { before: text(before, SENTENCE) }),
    ...(after !== undefined && { after: text(after, SENTENCE) }),
    ...originOf(address, origins),
  };
}

function originOf(address: string, origins: Plan['origins']): Partial<Origin> {
  const withoutIndex = address.replace(/\[[^[]*\]( \(deposed \w+\))?$/, '');
  const { construct, source } = origins[address] ?? origins[withoutIndex] ?? {};
  return {
    ...(construct !== undefined && { construct: oneLine(construct) }),
    ...(source !== undefined && { source: oneLine(source) }),
  };
}
