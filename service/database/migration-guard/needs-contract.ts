/** The refusal: what is dangerous, why, what to write instead, and how to say yes. */
import type { Finding } from './judge.ts';

/** `EX_NOPERM` of sysexits.h: somebody has to allow it. */
export const EXIT_NEEDS_CONTRACT = 77;

/** Thrown before anything was changed. */
export class NeedsContract extends Error {
  override readonly name = 'NeedsContract';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(`${told(findings)}\nTo allow all of it: npm run migrate -- --contract`);
    this.findings = findings;
  }
}

/** In lines, without how to say yes. */
export function told(findings: readonly Finding[]): string {
  const lines = findings.map(({ file, line, statement, kind, why, instead }) =>
    [`${file}:${line}: ${statement}`, `  ${kind}: ${why}`, `  instead: ${instead}`].join('\n'),
  );
  return ['what is to be migrated needs --contract; nothing was changed:', ...lines].join('\n');
}
