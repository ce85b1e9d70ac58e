/**
 * Where whoever enters the task meets its session. Their process is another one than the task's,
 * and what it writes is in no log: so it only carries lines to this one, over a socket.
 */
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Session } from './session.ts';

/** In the task's own container, which nobody else shares. */
export const ENTRANCE = join(tmpdir(), 'psql.sock');

/** Seconds until the operator must have come, and until they must have gone. */
const PATIENCE = 300;
const LONGEST = 3600;

export type Ending = 'gone' | 'nobody came' | 'time is up' | 'connection lost';

/** One line each way, as JSON. */
export type FromTerminal = { readonly line: string } | { readonly forget: true };

export interface ToTerminal {
  readonly text: string;
  readonly prompt: string;
  readonly isOver: boolean;
}

interface Limits {
  readonly path: string;
  readonly patience: number;
  readonly longest: number;
}

/** Lets one operator in, and ends with them. @param greeting the first that they see */
export async function letIn(
  session: Session,
  greeting: string,
  { path, patience, longest }: Limits = { path: ENTRANCE, patience: PATIENCE, longest: LONGEST },
): Promise<Ending> {
  // Who types no more still reads the answers.
  const server = createServer({ allowHalfOpen: true });
  await listen(server, path);
  const timeIsUp = AbortSignal.timeout(longest * 1000);
  try {
    const socket = await firstOf(server, patience);
    if (socket === undefined) return 'nobody came';
    timeIsUp.addEventListener('abort', () => socket.destroy());
    const ending = await serve(session, socket, greeting);
    return timeIsUp.aborted ? 'time is up' : ending;
  } finally {
    server.close();
  }
}

/** Whoever enters comes as root, without root's right to everybody's files. */
async function listen(server: Server, path: string): Promise<void> {
  await rm(path, { force: true });
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, 0o666);
}

async function firstOf(server: Server, patience: number): Promise<Socket | undefined> {
  try {
    const signal = AbortSignal.timeout(patience * 1000);
    const [socket] = (await once(server, 'connection', { signal })) as [Socket];
    // A second one would share the transaction of the first.
    server.on('connection', (other) => other.destroy());
    return socket;
  } catch {
    return undefined;
  }
}

async function serve(session: Session, socket: Socket, greeting: string): Promise<Ending> {
  // A terminal that was closed is no failure.
  socket.on('error', () => undefined);
  const say = (reply: ToTerminal) => socket.write(`${JSON.stringify(reply)}\n`);
  say({ ...session.forget(), text: greeting });
  for await (const message of createInterface({ input: socket })) {
    const given = JSON.parse(message) as FromTerminal;
    try {
      const reply = 'line' in given ? await session.take(given.line) : session.forget();
      say(reply);
      if (reply.isOver) break;
    } catch (error) {
      const text = `the connection to the database is lost: ${(error as Error).message}`;
      say({ text, prompt: '', isOver: true });
      socket.end();
      return 'connection lost';
    }
  }
  socket.end();
  return 'gone';
}
