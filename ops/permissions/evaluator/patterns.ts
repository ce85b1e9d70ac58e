/** Wildcards: `*` is any number of characters, `?` is one. */

/** Both ways of writing it are one action: `s3:getobject`. */
export function actionMatches(pattern: string, action: string): boolean {
  return textMatches(pattern.toLowerCase(), action.toLowerCase());
}

/** Letter by letter, whatever is in between. */
export function textMatches(pattern: string, text: string): boolean {
  return whole(anything(pattern)).test(text);
}

/**
 * Within the segments between colons; only a `*` at a segment's end goes on beyond it. The sixth
 * is the resource's own: its colons are characters as any other, as in the names of objects.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatches(pattern: string, resource: string): boolean {
  const parts = partsOf(pattern);
  const source = parts.map((part, at) => (at === LAST ? anything(part) : segment(part)));
  return whole(source.join(':')).test(resource);
}

/**
 * Each of the six parts by itself.
 * Source: "Amazon Resource Name (ARN) condition operators" in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function arnMatches(pattern: string, arn: string): boolean {
  const parts = partsOf(arn);
  return partsOf(pattern).every((part, at) => textMatches(part, parts[at] ?? ''));
}

/** Index of what is the resource in an ARN. */
const LAST = 5;

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  const resource = parts.slice(LAST);
  return resource.length === 0 ? parts : [...parts.slice(0, LAST), resource.join(':')];
}

function segment(pattern: string): string {
  return expression(pattern.replace(/\*$/, ''), '[^:]') + (pattern.endsWith('*') ? '.*' : '');
}

function anything(pattern: string): string {
  return expression(pattern, '.');
}

/** @param one what a `?` stands for */
function expression(pattern: string, one: string): string {
  return pattern.replaceAll(/[*?]|[^*?]+/g, (part) => {
    if (part === '?') return one;
    return part === '*' ? `${one}*` : RegExp.escape(part);
  });
}

function whole(source: string): RegExp {
  return new RegExp(`^${source}$`, 's');
}
