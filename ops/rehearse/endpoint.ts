/** Which emulated AWS may be named: one on this machine or in its private network. */
import { BlockList, isIP } from 'node:net';
import { WrongUse } from '../deployment/refusal.ts';

/** RFC 1918 and the loopback addresses. */
const PRIVATE: readonly (readonly [string, number])[] = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

/** @returns its origin. @throws WrongUse for anything that could be the real AWS, or somebody's */
export function privateEndpoint(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:') {
    throw new WrongUse(`--endpoint must be such as http://127.0.0.1:4566, not ${text}`);
  }
  const { hostname } = url;
  const allowed = new BlockList();
  for (const [address, bits] of PRIVATE) allowed.addSubnet(address, bits);
  if (isIP(hostname) === 4 && allowed.check(hostname)) return url.origin;
  throw new WrongUse(
    `--endpoint must be a loopback or private IPv4 address, not ${hostname}: a rehearsal breaks things on purpose`,
  );
}
