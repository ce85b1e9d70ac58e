/** Whether a plan does what was reviewed, and nothing besides: the image and its consequences are free. */
import type { Difference } from './differences.ts';
import type { Finding } from './finding.ts';
import { decoded, isObject } from './hidden.ts';
import { hasNoImage } from './containers.ts';
import { followsImage } from './image.ts';
import { TASK_DEFINITION } from './tasks.ts';
import { UNKNOWN } from './unknown.ts';

/**
 * @param binding findings of the plan that is about to be applied
 * @param reviewed of one that people have seen, which may have been provisional: what it could not
 * know yet may be anything
 * @returns what nobody has seen; none, when the plan may go on
 */
export function unreviewed(binding: readonly Finding[], reviewed: readonly Finding[]): Finding[] {
  const seen = Map.groupBy(reviewed, subjectOf);
  const first = withoutImage(reviewed).difference(withoutImage(binding));
  return binding.filter((finding) => {
    // A plan does nothing about drift; where it does, that is a change.
    if (finding.isOfImage === true || finding.action === 'drift') return false;
    const sameSubject = seen.get(subjectOf(finding)) ?? [];
    return !isCovered(finding, sameSubject, first.has(finding.stack));
  });
}

/** Stacks whose tasks wait for their first image. */
function withoutImage(findings: readonly Finding[]): Set<string> {
  const waiting = findings.filter(
    ({ type, differences = [] }) =>
      type === TASK_DEFINITION &&
      differences.some(
        ({ attribute, after }) =>
          attribute === 'container_definitions' && hasNoImage(parsed(after)),
      ),
  );
  return new Set(waiting.map(({ stack }) => stack));
}

function subjectOf({ stack, address, action, isGapless }: Finding): string {
  return JSON.stringify([stack, address, action, isGapless]);
}

function isCovered(finding: Finding, seen: readonly Finding[], isFirst: boolean): boolean {
  const { rule, attribute } = finding;
  const twins = seen.filter((one) => one.rule === rule && one.attribute === attribute);
  if (!twins.some((twin) => isSameRemark(finding, twin))) return false;
  const { differences, type } = finding;
  if (differences === undefined) return true;
  const known = seen.flatMap((one) => one.differences ?? []);
  return differences.every((difference) => isKnown(difference, known, { type, isFirst }));
}

/** What is shown is shortened, so differences decide where there are some. */
function isSameRemark(finding: Finding, twin: Finding): boolean {
  return (
    matches(twin.before, finding.before) &&
    (matches(twin.after, finding.after) || isBothLong(finding, twin))
  );
}

const CUT = /…$/;

/** Where the reviewed one had a text for what was not known, the two are cut at other places. */
function isBothLong({ after = '' }: Finding, { after: seen = '' }: Finding): boolean {
  return CUT.test(after) && CUT.test(seen) && seen.includes(UNKNOWN);
}

function isKnown(
  { attribute, before, after }: Difference,
  known: readonly Difference[],
  { type, isFirst }: { readonly type: string; readonly isFirst: boolean },
): boolean {
  const twin = known.find((one) => one.attribute === attribute);
  if (twin === undefined || !isAllowed(parsed(twin.before), parsed(before))) return false;
  const [seen, found] = [parsed(twin.after), parsed(after)];
  // The first image of an environment may have come between the two.
  return (
    isAllowed(seen, found) || followsImage(type, attribute, { before: seen, after: found, isFirst })
  );
}

function matches(seen: string | undefined, found: string | undefined): boolean {
  if (seen === undefined || found === undefined) return seen === found;
  return isAllowed(seen, found);
}

/** Everybody, everywhere, or all of a service: nobody has agreed to that by a place left open. */
const EVERYTHING =
  /["\\](?:\*|[\w-]+:\*|arn:(?:[^:"\\]*:){4}\*[^"\\]*)["\\]|arn:aws:iam::\d*:root|0\.0\.0\.0\/0|::\/0/;

/** Whether a value is one that was seen, or fills a place that was open then. */
function isAllowed(seen: unknown, found: unknown): boolean {
  if (seen === UNKNOWN) return isOneThing(found);
  if (typeof seen === 'string' && typeof found === 'string') return isAllowedText(seen, found);
  if (Array.isArray(seen) && Array.isArray(found)) {
    return (
      seen.length === found.length && seen.every((item, index) => isAllowed(item, found[index]))
    );
  }
  if (!isObject(seen) || !isObject(found)) return seen === found;
  const names = new Set([...Object.keys(seen), ...Object.keys(found)]);
  return [...names].every((name) => isAllowed(seen[name], found[name]));
}

function isOneThing(found: unknown): boolean {
  return found === UNKNOWN || !EVERYTHING.test(JSON.stringify(found ?? null));
}

/** Within a document, an open place is one value of it and never more. */
function isAllowedText(seen: string, found: string): boolean {
  if (seen === found) return true;
  if (!seen.includes(UNKNOWN)) return false;
  const [was, is] = [decoded(seen), decoded(found)];
  if (typeof was === 'object') return typeof is === 'object' && isAllowed(was, is);
  return isFilled(seen.split(UNKNOWN), found);
}

/**
 * What an id or a name is made of; with a wildcard or a second value it would be more than one,
 * and `root` is a whole account.
 */
const ONE_VALUE = /^(?!root$)[^"\s,*?]*$/;

/** What else could bring an account of its own. */
const SERVICE = /^[\w-]+$/;

/** Whether a text has all these parts in this order, with one value between two of them. */
function isFilled([first = '', ...parts]: readonly string[], text: string): boolean {
  if (!text.startsWith(first)) return false;
  let end = first.length;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const at = isLast ? text.length - part.length : text.indexOf(part, end);
    const filling = text.slice(0, end).endsWith('arn:aws:') ? SERVICE : ONE_VALUE;
    if (at < end || !text.startsWith(part, at) || !filling.test(text.slice(end, at))) return false;
    end = at + part.length;
  }
  return true;
}

function parsed(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}
