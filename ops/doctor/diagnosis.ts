/** What was looked at, and what is to be done about it. */
import { outsideTrouble } from '../deployment/outside.ts';
import { Interrupted } from '../terraform/terraform.ts';

export type Verdict = 'ok' | 'warning' | 'wrong';

export interface Diagnosis {
  readonly what: string;
  readonly verdict: Verdict;
  /** How it is; of what is not well also what to do. */
  readonly text: string;
}

export interface Check {
  /** Stands for it when it cannot be looked at. */
  readonly what: string;
  readonly look: () => Promise<readonly Diagnosis[]>;
}

const as =
  (verdict: Verdict) =>
  (what: string, text: string): Diagnosis => ({
    what,
    verdict,
    text,
  });
export const ok = as('ok');
export const warning = as('warning');
export const wrong = as('wrong');

/** All of them, whatever one of them says; in their order. @throws Interrupted */
export async function examine(checks: readonly Check[]): Promise<Diagnosis[]> {
  const found = await Promise.all(checks.map(attempt));
  return found.flat();
}

/** What stops one check is a finding of its own, and the next ones go on. */
async function attempt({ what, look }: Check): Promise<readonly Diagnosis[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const text = `cannot be looked at: ${outsideTrouble(error) ?? (error as Error).message}`;
    // Whoever may not see it, such as a pipeline, need not be wrong.
    return [FORBIDDEN.test((error as Error).name) ? warning(what, text) : wrong(what, text)];
  }
}

const FORBIDDEN = /AccessDenied|UnauthorizedOperation|NotAuthorized/;

/** A line for each; the last one counts. */
export function asText(found: readonly Diagnosis[]): string {
  const width = Math.max(...found.map(({ what }) => what.length));
  const lines = found.map(({ what, verdict, text }) => {
    const [first = '', ...more] = text.split('\n');
    const indented = more.map((line) => `\n${' '.repeat(11 + width)}${line}`).join('');
    return `${verdict.padEnd(7)}  ${what.padEnd(width)}  ${first}${indented}`;
  });
  const count = (verdict: Verdict) => found.filter((each) => each.verdict === verdict).length;
  const end = `${count('wrong')} wrong, ${count('warning')} warnings, ${count('ok')} ok`;
  return [...lines, '', end].join('\n');
}
