/** How a command of the service ends when it cannot go on: one clear line, then the code. */
import { writeSync } from 'node:fs';
import { ConfigError, EXIT_CONFIG } from './config-error.ts';
import { classify, mayPass } from './database/errors.ts';
import { isError } from './problem.ts';

/** A sentence that needs no stack trace: the one who reads it can do something about it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Runs a command; never resolves to a stack trace alone. */
export async function runCommand(name: string, command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    // Written synchronously: the process ends right after.
    writeSync(2, `${name}: ${explain(error)}\n`);
    process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError) return error.message;
  if (!isError(error)) return String(error);
  const reason = error.message === '' ? String(codeOf(error)) : error.message;
  const kind = classify(error);
  if (mayPass(kind)) return `the database cannot be reached: ${reason}`;
  if (kind === 'login-refused') return `the database refuses the login: ${reason}`;
  if (codeOf(error) === 'EADDRINUSE')
    return `the port is taken: ${reason}; set PORT to another one`;
  return `${reason}\n${error.stack ?? ''}`;
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}
