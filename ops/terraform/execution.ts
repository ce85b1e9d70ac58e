/** Runs commands that want to end well: Terraform keeps its state and frees its lock when asked to stop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { HiddenOutput, Lines } from './hidden-output.ts';

export interface Execution {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /**
   * - `hidden`: nothing is shown, nothing can be answered;
   * - `shown`: what it writes is shown as it comes;
   * - `attended`: the same, and a person at the terminal can answer.
   */
  readonly output: 'hidden' | 'shown' | 'attended';
  /** Seconds; then it is asked to stop, and two minutes later it is killed. @default none */
  readonly limit?: number;
  /** Is told each line of its hidden output as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface Outcome {
  readonly code: number;
  /** Standard output where hidden; shown output is gone. */
  readonly output: string;
  readonly errors: string;
  /** What asked us to stop meanwhile; the command was asked to. */
  readonly signal?: NodeJS.Signals;
  /** Whether its limit was over. */
  readonly tookTooLong: boolean;
}

/** Milliseconds: one Ctrl-C comes as two signals, from the terminal and passed on by npm. */
const SAME_KEY = 500;

/** Seconds: the longest that a timer knows. */
const NO_LIMIT = 2_147_483;
/** Milliseconds between asking a command that takes too long and killing it. */
const LAST_CHANCE = 120_000;

/** Until the command has ended, whatever signals come. @throws Error when it cannot be started */
export async function execute(
  command: string,
  args: readonly string[],
  { folder, environment, output, limit, onLine }: Execution,
): Promise<Outcome> {
  const attended = output === 'attended';
  const lines = new Lines(onLine ?? (() => undefined));
  const written = output === 'hidden' ? new HiddenOutput((text) => lines.add(text)) : undefined;
  const complained = new HiddenOutput(written ? undefined : (text) => process.stderr.write(text));
  try {
    const child = spawn(command, args, {
      cwd: folder,
      env: environment,
      stdio: [attended ? 'inherit' : 'ignore', written?.file ?? 'inherit', complained.file],
      // Then it hears of a Ctrl-C once, from us. But it could not read from the terminal.
      detached: !attended,
    });
    const end = await untilEnd(child, { limit, attended });
    const texts = { output: written?.text() ?? '', errors: complained.text() };
    lines.end();
    return { ...texts, ...end };
  } finally {
    written?.close();
    complained.close();
  }
}

async function untilEnd(
  child: ChildProcess,
  { limit, attended }: { readonly limit: number | undefined; readonly attended: boolean },
): Promise<Pick<Outcome, 'code' | 'signal' | 'tookTooLong'>> {
  const signals = passOn(child, attended);
  const deadline = endAfter(limit, child);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    const signal = signals.first();
    return {
      code: code ?? 1,
      tookTooLong: deadline.isOver(),
      ...(signal !== undefined && { signal }),
    };
  } finally {
    deadline.stop();
    signals.stop();
  }
}

function endAfter(limit: number | undefined, child: ChildProcess) {
  let over = false;
  let killing: NodeJS.Timeout | undefined;
  const asking = setTimeout(
    () => {
      over = true;
      child.kill('SIGINT');
      killing = setTimeout(() => child.kill('SIGKILL'), LAST_CHANCE);
    },
    (limit ?? NO_LIMIT) * 1000,
  );
  return {
    isOver: () => over,
    stop: () => {
      clearTimeout(asking);
      clearTimeout(killing);
    },
  };
}

/** The first signal asks the command to end in order; a later one does not wait. */
function passOn(child: ChildProcess, attended: boolean) {
  let first: NodeJS.Signals | undefined;
  let last = -Infinity;
  const pass = (signal: NodeJS.Signals) => {
    first ??= signal;
    const sameKey = performance.now() - last < SAME_KEY;
    last = performance.now();
    // The terminal has told it already, and Terraform takes a second one as an order to drop all.
    if (sameKey || (attended && signal === 'SIGINT')) return;
    child.kill('SIGINT');
  };
  const heard = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of heard) process.on(signal, pass);
  return {
    first: () => first,
    stop: () => {
      for (const signal of heard) process.off(signal, pass);
    },
  };
}
