/** Commands that the rehearsal runs: bounded in time, recorded, with their output in a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Say } from '../deployment/progress.ts';
import { identify, killTree } from './processes.ts';
import type { RunFolder } from './run-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Lines that are shown of a command that failed. */
const LAST_LINES = 30;

export interface Ended {
  readonly code: number;
  /** Both streams, as they came. */
  readonly output: string;
  readonly seconds: number;
}

export interface Command {
  /** Of the log file: `change-release.log`. */
  readonly log: string;
  readonly args: readonly [string, ...string[]];
  /** Seconds; then it is killed, and that is a failure. */
  readonly limit: number;
  /** Beside what this process has. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where it is run. @default the project's */
  readonly folder?: string;
  /** Is told each line on a terminal. */
  readonly say?: Say;
  /** Is told each line as it comes. */
  readonly onLine?: (line: string) => void;
  /** Kills it without a word, and all that it started, at the first line that matches. @default never */
  readonly killedAt?: RegExp;
  /** Written to its standard input. @default nothing */
  readonly input?: string;
}

/** Where the time went. */
export interface CommandTime {
  /** Name of its log. */
  readonly command: string;
  readonly seconds: number;
  /** Its own steps that took longest, as it told them. */
  readonly parts: readonly string[];
}

/** It ended otherwise than it should, or not at all. */
class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

export class Commands {
  /** Of each that has ended, in order. */
  readonly times: CommandTime[] = [];
  readonly #folder: RunFolder;
  readonly #signal: AbortSignal;
  #keysOf: (args: readonly string[]) => NodeJS.ProcessEnv = () => ({});

  /** @param signal ends all commands at once */
  constructor(folder: RunFolder, signal: AbortSignal) {
    this.#folder = folder;
    this.#signal = signal;
  }

  /** From now on each command comes to AWS with these, instead of this process's own. */
  comeWith(keysOf: (args: readonly string[]) => NodeJS.ProcessEnv): void {
    this.#keysOf = keysOf;
  }

  /** @throws CommandFailed with its last lines, unless it ends with 0 */
  async run(command: Command): Promise<Ended> {
    const ended = await this.end(command);
    if (ended.code === 0) return ended;
    throw new CommandFailed(
      `${command.args.join(' ')} ended with ${ended.code}; ${this.story(command, ended)}`,
    );
  }

  /** Whatever its exit code. @throws CommandFailed when it takes too long */
  async end(command: Command): Promise<Ended> {
    this.#signal.throwIfAborted();
    const { args, limit, environment, folder = ROOT, log, input } = command;
    const since = performance.now();
    const child = spawn(args[0], args.slice(1), {
      cwd: folder,
      env: { ...process.env, ...this.#keysOf(args), ...environment },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // A Ctrl-C is for us.
      detached: true,
    });
    child.stdin?.end(input);
    const guard = this.#guard(child, limit);
    const output = collect(child, join(this.#folder.path, `${log}.log`), {
      ...command,
      onLine: (line) => {
        command.onLine?.(line);
        if (command.killedAt?.test(line) === true) guard.kill();
      },
    });
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      this.#signal.throwIfAborted();
      const seconds = (performance.now() - since) / 1000;
      const ended = { code: code ?? 1, output: output(), seconds };
      this.times.push({ command: log, seconds, parts: partsOf(ended.output) });
      if (!guard.isOver()) return ended;
      throw new CommandFailed(
        `${args.join(' ')} was stopped after ${limit} s; ${this.story(command, ended)}`,
      );
    } finally {
      guard.stop();
    }
  }

  /** Where its output is, and the end of it. */
  story({ log }: Command, { output }: Ended): string {
    const lines = output.trimEnd().split('\n').slice(-LAST_LINES);
    return `all of it is in ${join(this.#folder.path, `${log}.log`)}, the end:\n${lines.join('\n')}`;
  }

  #guard({ pid }: ChildProcess, limit: number) {
    const identity = pid === undefined ? undefined : identify(pid);
    const kill = () => {
      if (identity !== undefined) killTree(identity);
    };
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      kill();
    }, limit * 1000);
    this.#signal.addEventListener('abort', kill);
    return {
      isOver: () => over,
      kill,
      stop: () => {
        clearTimeout(timer);
        this.#signal.removeEventListener('abort', kill);
      },
    };
  }
}

/** Steps of half a minute and more, as Progress writes them. */
function partsOf(output: string): string[] {
  const lines = output.matchAll(/^(?:ok|FAILED) +(.+ \((?:[3-5]\d s|\d+:\d\d min)\))$/gm);
  return Array.from(lines, ([, part = '']) => part);
}

function collect(child: ChildProcess, file: string, { say, onLine }: Command): () => string {
  const log = createWriteStream(file, { flags: 'a' });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      log.write(chunk);
    });
    createInterface({ input: stream }).on('line', (line) => {
      onLine?.(line);
      if (process.stdout.isTTY) say?.(line.trim().slice(0, 60));
    });
  }
  child.once('close', () => log.end());
  return () => text;
}
