/** Ranges of addresses in rules: whether they hold a subnet, and whether they hold the internet. */
import { isIPv4 } from 'node:net';
import { overlap, parseRange, PRIVATE_RANGES } from '../rules/address-range.ts';

/** No way leads there from outside. */
const PRIVATE = PRIVATE_RANGES.map(parseRange);

export type Family = 4 | 6;

/** A range in CIDR notation; an unknown list of ranges counts as all of them. */
export type Range = string;

export function holds(range: Range, family: Family, subnet: unknown): boolean {
  if (familyOf(range) !== family && isCidr(range)) return false;
  // Subnets' IPv6 ranges are chosen by Amazon, so any may be meant.
  if (family === 6 || !isCidr(range) || !isCidr(subnet)) return true;
  return overlap(parseRange(range), parseRange(String(subnet)));
}

export function holdsInternet(range: Range, family: Family): boolean {
  if (!isCidr(range)) return true;
  if (familyOf(range) !== family) return false;
  if (family === 6) return !/^f[cd]/i.test(range);
  const { first, last } = parseRange(range);
  return !PRIVATE.some((one) => one.first <= first && last <= one.last);
}

function familyOf(range: Range): Family {
  return range.includes(':') ? 6 : 4;
}

function isCidr(value: unknown): boolean {
  const [address = '', length = ''] = String(value).split('/');
  return /^\d+$/.test(length) && (isIPv4(address) || /^[0-9a-f:]+$/i.test(address));
}
