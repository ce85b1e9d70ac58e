/** A terminal for a command, as a person has one: a pseudo-terminal of Python, which is needed anyway. */

const SPAWN = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** @returns what to run for the command to believe that it is at a terminal; its exit code is kept */
export function atTerminal(args: readonly string[]): [string, ...string[]] {
  return ['python3', '-c', SPAWN, ...args];
}
