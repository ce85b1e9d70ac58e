/** How the addresses of a VPC are cut: arithmetic only, so every range is known before it exists. */

/** IPv4 ranges of one zone's subnets. */
export interface ZoneSubnets {
  readonly public: string;
  readonly private: string;
  readonly isolated: string;
}

/** More bits of a range that is a quarter, and of an eighth of a quarter. */
const QUARTER = 2;
const EIGHTH = 5;

/** The last quarter as eighths, by zone: 24 to 26 and 28 to 30; 27 and 31 are spare. */
const FIRST_PUBLIC = 24;
const FIRST_ISOLATED = 28;

/**
 * The subnets of one zone. Each task takes an address, so three quarters of the VPC are private
 * subnets; all others share the last. The zone's number alone decides: a third zone moves nothing.
 *
 * @param cidr from /16, the largest VPC that AWS offers, to /22, where public subnets are /27: the
 *   smallest that load balancers accept
 * @param zone 0, 1 or 2
 */
export function zoneSubnets(cidr: string, zone: number): ZoneSubnets {
  return {
    public: part(cidr, EIGHTH, FIRST_PUBLIC + zone),
    private: part(cidr, QUARTER, zone),
    isolated: part(cidr, EIGHTH, FIRST_ISOLATED + zone),
  };
}

/** The part with this number when a range is cut by so many more bits. */
function part(cidr: string, bits: number, number: number): string {
  const [address = '', prefix] = cidr.split('/');
  const length = Number(prefix) + bits;
  const start = toNumber(address) + number * 2 ** (32 - length);
  return `${toAddress(start)}/${length}`;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
