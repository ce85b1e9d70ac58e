/** How a value of a request is compared with one of a policy. */
import { BlockList, isIP } from 'node:net';
import { arnMatches, textMatches } from './patterns.ts';
import { UnsupportedPolicy } from './elements.ts';

type Compare = (value: string, expected: string) => boolean;

const COMPARE = {
  StringEquals: (value, expected) => value === expected,
  StringEqualsIgnoreCase: (value, expected) => value.toLowerCase() === expected.toLowerCase(),
  StringLike: (value, expected) => textMatches(expected, value),
  NumericEquals: (value, expected) => numeric(value) === numeric(expected),
  NumericLessThan: (value, expected) => numeric(value) < numeric(expected),
  NumericLessThanEquals: (value, expected) => numeric(value) <= numeric(expected),
  NumericGreaterThan: (value, expected) => numeric(value) > numeric(expected),
  NumericGreaterThanEquals: (value, expected) => numeric(value) >= numeric(expected),
  DateEquals: (value, expected) => moment(value) === moment(expected),
  DateLessThan: (value, expected) => moment(value) < moment(expected),
  DateLessThanEquals: (value, expected) => moment(value) <= moment(expected),
  DateGreaterThan: (value, expected) => moment(value) > moment(expected),
  DateGreaterThanEquals: (value, expected) => moment(value) >= moment(expected),
  Bool: (value, expected) => truth(value) === truth(expected),
  // AWS treats the two alike: both know wildcards.
  ArnEquals: (value, expected) => arnMatches(arn(expected), arn(value)),
  ArnLike: (value, expected) => arnMatches(arn(expected), arn(value)),
  IpAddress: (value, expected) => isWithin(value, expected),
} satisfies Record<string, Compare>;

const NEGATED = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
} satisfies Record<string, keyof typeof COMPARE>;

export type Operator = keyof typeof COMPARE | keyof typeof NEGATED;

export function isOperator(name: string): name is Operator {
  return Object.hasOwn(COMPARE, name) || Object.hasOwn(NEGATED, name);
}

export function isNegated(operator: Operator): operator is keyof typeof NEGATED {
  return Object.hasOwn(NEGATED, operator);
}

/** Without the negation. @throws UnsupportedPolicy for what is no such value */
export function valueMatches(operator: Operator, value: string, expected: string): boolean {
  const compare: Compare = COMPARE[isNegated(operator) ? NEGATED[operator] : operator];
  return compare(value, expected);
}

function numeric(text: string): number {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new UnsupportedPolicy(`'${text}' is no number`);
}

/** Milliseconds; AWS takes dates of ISO 8601 and seconds since 1970. */
function moment(text: string): number {
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new UnsupportedPolicy(`'${text}' is no date`);
}

function truth(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  throw new UnsupportedPolicy(`'${text}' is neither true nor false`);
}

function arn(text: string): string {
  if (/^arn:(?:[^:]*:){4}./s.test(text)) return text;
  throw new UnsupportedPolicy(`'${text}' is no ARN`);
}

function isWithin(address: string, range: string): boolean {
  const [network = '', bits] = range.split('/');
  if (isIP(network) === 0 || isIP(address) === 0) {
    throw new UnsupportedPolicy(`'${address}' or '${range}' is no address`);
  }
  const list = new BlockList();
  if (bits === undefined) list.addAddress(network, familyOf(network));
  else list.addSubnet(network, Number(bits), familyOf(network));
  return isIP(network) === isIP(address) && list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
