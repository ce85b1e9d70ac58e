import { BlockList } from 'node:net';
import * as fc from 'fast-check';
import { zoneSubnets } from './subnet-plan.ts';

const PREFIXES = [16, 17, 18, 19, 20, 21, 22];

/** VPCs as people may write them: aligned, of private addresses, of every size. */
const vpc = fc
  .record({ prefix: fc.constantFrom(...PREFIXES), number: fc.nat(2 ** 24 - 1) })
  .map(({ prefix, number }) => {
    const start = number - (number % 2 ** (32 - prefix));
    return `10.${(start >> 16) & 255}.${(start >> 8) & 255}.${start & 255}/${prefix}`;
  });

test('cuts a /16 into private quarters and small public and isolated subnets', () => {
  expect([0, 1, 2].map((zone) => zoneSubnets('10.10.0.0/16', zone))).toEqual([
    { private: '10.10.0.0/18', public: '10.10.192.0/21', isolated: '10.10.224.0/21' },
    { private: '10.10.64.0/18', public: '10.10.200.0/21', isolated: '10.10.232.0/21' },
    { private: '10.10.128.0/18', public: '10.10.208.0/21', isolated: '10.10.240.0/21' },
  ]);
});

test('counts through octets that a small VPC does not begin', () => {
  expect([0, 1].map((zone) => zoneSubnets('192.168.252.0/22', zone))).toEqual([
    { private: '192.168.252.0/24', public: '192.168.255.0/27', isolated: '192.168.255.128/27' },
    { private: '192.168.253.0/24', public: '192.168.255.32/27', isolated: '192.168.255.160/27' },
  ]);
});

test('no subnet overlaps another, with three zones or fewer', () => {
  fc.assert(
    fc.property(vpc, (cidr) => {
      const ranges = subnetsOf(cidr).map(toRange);

      const sorted = ranges.toSorted((a, b) => a.first - b.first);

      expect(sorted).toHaveLength(9);
      for (const [index, { first }] of sorted.entries()) {
        expect(first).toBeGreaterThan(sorted[index - 1]?.last ?? -1);
      }
    }),
  );
});

test('every subnet lies in the VPC', () => {
  fc.assert(
    fc.property(vpc, (cidr) => {
      const inside = new BlockList();
      const [address = '', prefix] = cidr.split('/');
      inside.addSubnet(address, Number(prefix));

      const ranges = subnetsOf(cidr).map(toRange);

      for (const { first, last } of ranges) {
        expect(inside.check(toAddress(first))).toBe(true);
        expect(inside.check(toAddress(last))).toBe(true);
      }
    }),
  );
});

test('every subnet begins where AWS lets one of its size begin', () => {
  fc.assert(
    fc.property(vpc, (cidr) => {
      for (const { first, size } of subnetsOf(cidr).map(toRange)) {
        expect(first % size).toBe(0);
      }
    }),
  );
});

test.each(PREFIXES)('a /%i gives tasks a quarter, and load balancers at least a /27', (prefix) => {
  const subnets = zoneSubnets(`10.0.0.0/${prefix}`, 2);

  expect(lengthOf(subnets.private)).toBe(prefix + 2);
  expect(lengthOf(subnets.public)).toBe(prefix + 5);
  expect(lengthOf(subnets.isolated)).toBe(prefix + 5);
  expect(lengthOf(subnets.public)).toBeLessThanOrEqual(27);
});

function subnetsOf(cidr: string): string[] {
  return [0, 1, 2].flatMap((zone) => Object.values(zoneSubnets(cidr, zone)));
}

function toRange(cidr: string) {
  const [address = ''] = cidr.split('/');
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - lengthOf(cidr));
  return { first, last: first + size - 1, size };
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

function lengthOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}
