/** Calls that IAM was asked about, as an emulated AWS has written them down. */
import { asInPolicies } from './arns.ts';
import type { Context } from './evaluator/conditions.ts';
import type { Request } from './evaluator/statements.ts';
import type { MadeNames } from './made-names.ts';

/** Of a role, in the names that the stacks have for what AWS made. */
export interface RecordedCall extends Request {
  /** Name of the role. */
  readonly role: string;
  readonly session: string;
  readonly context: Context;
  /** What the emulated IAM answered. */
  readonly allowed: boolean;
}

interface Line {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly allowed: boolean;
}

/**
 * Each that differs from the others once; users' are left out.
 * @param text lines of JSON, of which the last may be in the making
 */
export function readCalls(text: string, names: MadeNames): RecordedCall[] {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  const calls = lines.flatMap((line) =>
    line === '' ? [] : callIn(JSON.parse(line) as Line, names),
  );
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}

function callIn(line: Line, names: MadeNames): RecordedCall[] {
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(line.principal) ?? [];
  if (role === undefined || session === undefined) return [];
  const named = (text: string) => asInPolicies(names.get(text) ?? text);
  const context = Object.entries(line.context).map(
    ([key, value]) => [key, typeof value === 'string' ? named(value) : value.map(named)] as const,
  );
  const { action, allowed } = line;
  const resource = named(line.resource);
  return [{ role, session, action, resource, context: Object.fromEntries(context), allowed }];
}
