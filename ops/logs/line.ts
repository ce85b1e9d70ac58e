/** A line of a log as people read it. */
import type { LogLine } from '../running/log.ts';

/** What comes first, in this order; the rest is for `--json`. */
const PARTS = ['time', 'level', 'route', 'status', 'msg'] as const;

/**
 * Escape sequences would let whoever sent a request write anywhere on the operator's terminal.
 * A tab harms nobody.
 */
// oxlint-disable-next-line eslint/no-control-regex -- they are meant
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;

/** The service's JSON as `time level route status msg`, anything else as it is, with its time. */
export function layOut({ at, text }: LogLine): string {
  const entry = parse(text);
  if (entry === undefined) return visible(`${new Date(at).toISOString()} ${text}`);
  const parts = PARTS.flatMap((name) => show(entry[name]));
  return visible([...parts, ...errorIn(entry)].join(' '));
}

/** As it was written, for other programs. */
export function asWritten({ text }: LogLine): string {
  return text;
}

/** `{"msg":"request"}`; a line that merely begins so is text. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return 'msg' in entry ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Why it went wrong is what people look for. */
function errorIn({ err }: Readonly<Record<string, unknown>>): string[] {
  if (typeof err !== 'object' || err === null || !('message' in err)) return [];
  return show(err.message).map((message) => `(${message})`);
}

function show(value: unknown): string[] {
  if (value === undefined || value === null || value === '') return [];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

function visible(text: string): string {
  return text.replaceAll(
    CONTROL,
    (sign) => String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
