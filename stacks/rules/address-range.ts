/** IPv4 ranges in CIDR notation, as numbers. */
import { isIPv4 } from 'node:net';

export interface AddressRange {
  /** First and last address, as numbers of 32 bits. */
  readonly first: number;
  readonly last: number;
}

/** RFC 1918, and the addresses that RFC 6598 sets aside for carriers, which VPCs may use too. */
export const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** What AWS takes as a VPC's is /16 to /28; below /22 our subnets would be too small. */
const WIDEST = 16;
const NARROWEST = 22;

/** @returns what is expected instead, or nothing when a VPC of ours can have this range */
export function expectedRange(cidr: string): string | undefined {
  const [address = '', length = ''] = cidr.split('/');
  const bits = Number(length);
  if (!isIPv4(address) || !(bits >= WIDEST && bits <= NARROWEST)) {
    return `a private IPv4 range from /${WIDEST} to /${NARROWEST}, such as 10.10.0.0/16`;
  }
  const { first } = parseRange(cidr);
  if (toNumber(address) !== first) return `${toAddress(first)}/${bits}, where that range begins`;
  const isPrivate = PRIVATE_RANGES.map(parseRange).some((range) => contains(range, first));
  return isPrivate ? undefined : `a private range, within ${PRIVATE_RANGES.join(', ')}`;
}

/** Of a range whose form is right; the address may be any of the range. */
export function parseRange(cidr: string): AddressRange {
  const [address = '', length] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(toNumber(address) / size) * size;
  return { first, last: first + size - 1 };
}

/** All private ranges are wider than ours: whose first address is within is within. */
function contains(range: AddressRange, address: number): boolean {
  return range.first <= address && address <= range.last;
}

export function overlap(one: AddressRange, other: AddressRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function toNumber(address: string): number {
  return address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}
