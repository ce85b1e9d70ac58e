/** What is wrong with waivers: badly written, over, or of no use. */
import type { IConstruct } from 'constructs';
import type { Move } from '../addresses/steps.ts';
import type { Attributes } from '../written/written-stack.ts';
import { isBlock } from './attributes.ts';
import { movedPath } from './moved-waivers.ts';
import { isCheckovs, RULE_NAMES } from './rule-names.ts';
import { matches, usesIn, type Waiver } from './waiver.ts';

const FILE = 'stacks/waivers.ts';

/** Months: a year, and one in which to look at it again. */
const LONGEST = 13;

/** Shorter ones say nothing to whoever reads them in a year. */
const LEAST_REASON = 20;

/** Node runs the file without a look at its types. @param today as `2026-11-21` */
export function malformed(waivers: readonly Waiver[], today: string): string[] {
  return waivers.flatMap((waiver, index) => {
    const earlier = waivers.slice(0, index);
    return faults(waiver, earlier, today).map(
      (fault) => `${FILE}: ${fault}, in ${JSON.stringify(waiver)}`,
    );
  });
}

function faults(given: unknown, earlier: readonly Waiver[], today: string): string[] {
  const waiver: Attributes = isBlock(given) ? given : {};
  const { builtSometimes } = waiver;
  const rule = textOf(waiver['rule']);
  const path = textOf(waiver['path']);
  const reason = textOf(waiver['reason']);
  const owner = textOf(waiver['owner']);
  const expires = textOf(waiver['expires']);
  const problems: readonly [boolean, string][] = [
    [!isKnown(rule), "'rule' must be a rule of stacks/policies or a check of checkov: CKV_AWS_18"],
    [
      !namesPlace(rule, path),
      "'path' must name stack and construct: *-service/door/balancer, or for a rule of stacks/policies a stack: *-network",
    ],
    [reason.trim().length < LEAST_REASON, "'reason' must say why it is right there"],
    [owner.trim() === '', "'owner' must say who looks at it again"],
    [!isDay(expires), "'expires' must be a day: 2027-05-31"],
    [
      isDay(expires) && expires > monthsAfter(today, LONGEST),
      `'expires' may be ${LONGEST} months ahead at most, so no later than ${monthsAfter(today, LONGEST)}`,
    ],
    [
      builtSometimes !== undefined && builtSometimes !== true,
      "'builtSometimes' must be true or left out",
    ],
    [
      builtSometimes === true && !isCheckovs(rule),
      "'builtSometimes' is for checkov's checks alone",
    ],
    [
      isKnown(rule) &&
        earlier.some((one) => isBlock(one) && one.rule === rule && one.path === path),
      'another one has the same rule and path',
    ],
  ];
  return problems.filter(([holds]) => holds).map(([, problem]) => problem);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Outputs and providers are refused at their stack; checkov looks at resources alone. */
function namesPlace(rule: string, path: string): boolean {
  const [stack = '', ...steps] = path.split('/');
  if (!/[a-z]/.test(stack)) return false;
  return steps.length > 0 ? steps.every((step) => step !== '') : !isCheckovs(rule);
}

function isKnown(rule: string): boolean {
  return isCheckovs(rule) || RULE_NAMES.some((name) => name === rule);
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${text}T`);
}

function monthsAfter(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/** @param today as `2026-11-21` */
export function expired(waivers: readonly Waiver[], today: string): string[] {
  return waivers
    .filter(({ expires }) => expires < today)
    .map(
      ({ rule, path, owner, expires }) =>
        `${FILE}: the waiver of ${rule} for ${path} ended on ${expires}: mend what it was for, or let ${owner} decide on a later day`,
    );
}

/** Those that match nothing in this tree, once it is written. @param moves of stacks/moves.ts */
export function unneeded(
  waivers: readonly Waiver[],
  root: IConstruct,
  moves: readonly Move[] = [],
): string[] {
  return waivers
    .filter((waiver) => waiver.builtSometimes !== true && matchesIn(waiver, root).length === 0)
    .map((waiver) => {
      const { rule, path } = waiver;
      const moved = movedIn(waiver, root, moves);
      const whatToDo = moved === undefined ? 'delete it' : `it has moved: write '${moved}'`;
      return `${FILE}: the waiver of ${rule} for ${path} matches nothing: ${whatToDo}`;
    });
}

/** Where a waiver's constructs are now, undefined when they have not moved. */
export function movedIn(
  { path }: Waiver,
  root: IConstruct,
  moves: readonly Move[],
): string | undefined {
  const moved = movedPath(path, moves);
  if (moved === undefined) return undefined;
  return root.node.findAll().some(({ node }) => matches(moved, node.path)) ? moved : undefined;
}

/**
 * Paths of what one of our rules refuses, or, as checkov was not asked, of what its check is about.
 * In a tree that is written.
 */
export function matchesIn(waiver: Waiver, root: IConstruct): string[] {
  if (!isCheckovs(waiver.rule)) return [...(usesIn(root).get(waiver) ?? [])];
  return root.node
    .findAll()
    .map(({ node }) => node.path)
    .filter((path) => matches(waiver.path, path));
}
