/** The service as a process of its own, as a container runs it; its log goes to a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { untilHealthy } from './healthy.ts';
import { freePort } from '../../service/embedded-postgres/free-port.ts';
import type { Home } from './home.ts';
import { imageArguments, SMALLEST_HEAP } from './production-node.ts';

export interface Service {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  readonly logFile: string;
  /** SIGTERM, as ECS asks a task to go. @returns its exit code */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** For a service that shares its machine with all who ask it: that it is busy is not judged then. */
export const PATIENT = { MAX_EVENT_LOOP_DELAY: '0' };

interface Options {
  /** @default one that is free */
  readonly port?: number;
  /** Beside those of the home, and before them. */
  readonly variables?: NodeJS.ProcessEnv;
  /** Of Node, before the program. */
  readonly flags?: readonly string[];
}

/** @returns once it is healthy. @throws Error with the end of its log when it never is */
export async function startService(home: Home, options: Options = {}): Promise<Service> {
  const { port = await freePort(), variables = {}, flags = [] } = options;
  const logFile = join(home.folder, `service-${port}.log`);
  const log = await open(logFile, 'a');
  const child = spawn(process.execPath, [SMALLEST_HEAP, ...flags, ...imageArguments()], {
    cwd: home.program,
    env: {
      PATH: process.env['PATH'],
      DRAIN_SECONDS: '0',
      ...home.serviceVariables,
      PORT: String(port),
      ...variables,
    },
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  await log.close();
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url, 'the service', child).catch(async (error: unknown) => {
    child.kill('SIGKILL');
    const said = await readFile(logFile, 'utf8');
    throw new Error(`${(error as Error).message}; its last words:\n${said.slice(-2000)}`);
  });
  return {
    url,
    port,
    child,
    logFile,
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
