/** How far back: `90s`, `15m`, `2h`, `1d`. */
import { WrongUse } from '../deployment/refusal.ts';

/** Milliseconds. */
const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** @returns milliseconds. @throws WrongUse */
export function millisecondsOf(text: string): number {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (number === undefined || unit === undefined) {
    throw new WrongUse(`--since must be such as 90s, 15m, 2h or 1d, not '${text}'`);
  }
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}
