/** Commands of the service as processes of their own, as a container runs them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface Command {
  readonly child: ChildProcess;
  /** All it wrote so far, on both outputs. */
  output(): string;
  /** Resolves when the output matches; rejects when the process ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  readonly exited: Promise<{ code: number | null; output: string }>;
}

/** @param environment all of it: nothing is inherited but the path */
export function run(file: string, environment: NodeJS.ProcessEnv): Command {
  const child = spawn(process.execPath, [file], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DB_PIPELINE: process.env['DB_PIPELINE'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const take = (chunk: Buffer) => {
    output += chunk.toString();
    child.emit('wrote');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exited = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
  return {
    child,
    exited,
    output: () => output,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match !== null) resolve(match);
        };
        child.on('wrote', look);
        child.on('close', () => reject(new Error(`${file} ended without it:\n${output}`)));
        look();
      }),
  };
}
