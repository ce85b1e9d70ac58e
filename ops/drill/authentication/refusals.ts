/** Shows each token with one thing wrong, on a protected and on a public route. */
import type { Door, Part, Seen } from './door.ts';
import { type Fault, faultsOf } from './faults.ts';

const PATHS = ['/v1/orders', '/v1/products'];

export async function refusals(door: Door): Promise<Part> {
  const faults = faultsOf(door.issuer);
  const broken: string[] = [];
  let tooLong = 0;
  for (const fault of faults) {
    for (const path of PATHS) {
      const seen = await door.show(fault.authorization, path);
      if (seen.status === 431) tooLong += 1;
      if (isRefused(fault, seen)) continue;
      broken.push(`a token with ${fault.name} was answered ${JSON.stringify(seen)} at ${path}`);
    }
  }
  return {
    figures: [
      ['token faults', String(faults.length)],
      ['refused as too long (431)', String(tooLong)],
    ],
    broken: [...broken, ...(await goodOnes(door))],
  };
}

/** Bytes of all header fields together; what is longer is refused before it is looked at. */
const HEADER_LIMIT = 16 * 1024;

function isRefused({ authorization }: Fault, seen: Seen): boolean {
  const { status, code, isProblem, challenge } = seen;
  if (authorization.join('').length > HEADER_LIMIT) {
    return status === 431 && code === 'HEADERS_TOO_LARGE' && isProblem;
  }
  const isTold = challenge?.startsWith('Bearer ') === true;
  return status === 401 && code === 'UNAUTHENTICATED' && isProblem && isTold;
}

/** What refuses everything would pass the above. Schemes are read in any case (RFC 9110, 11.1). */
async function goodOnes(door: Door): Promise<string[]> {
  const authorization = door.issuer.authorization();
  const seen = [
    await door.show([authorization]),
    await door.show([authorization.replace('Bearer', 'bearer')]),
  ];
  if (seen.every(({ status }) => status === 200)) return [];
  return [`good tokens were answered ${JSON.stringify(seen)}`];
}
