/** The operator's end: asks for lines, and shows what comes back. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from '../exit.ts';
import { ENTRANCE, type FromTerminal, type ToTerminal } from './entrance.ts';

/** Lines that the arrow keys bring back. */
const HISTORY = 500;

/** How often the session is looked for, which may still be on its way to the database; milliseconds between. */
const TRIES = 60;
const PAUSE = 250;

/** Until the session is over, or the operator ends it with Ctrl-D. @throws StartError */
export async function enter(path = ENTRANCE): Promise<void> {
  const socket = await reach(path);
  socket.on('error', () => undefined);
  const say = (message: FromTerminal) => socket.write(`${JSON.stringify(message)}\n`);
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    historySize: HISTORY,
  });
  terminal.on('line', (line) => say({ line }));
  // As in psql: what was begun is given up, and the session goes on.
  terminal.on('SIGINT', () => say({ forget: true }));
  terminal.on('close', () => socket.end());
  for await (const message of createInterface({ input: socket })) show(terminal, message);
  terminal.close();
}

async function reach(path: string): Promise<Socket> {
  for (let left = TRIES; left > 0; left -= 1) {
    const socket = connect(path);
    try {
      await once(socket, 'connect');
      return socket;
    } catch {
      await wait(PAUSE);
    }
  }
  throw new StartError('there is no session here that waits for somebody: start another one');
}

function show(terminal: Interface, message: string): void {
  const { text, prompt, isOver } = JSON.parse(message) as ToTerminal;
  if (text !== '') process.stdout.write(`${text}\n`);
  if (isOver) return;
  terminal.setPrompt(prompt);
  if (process.stdin.isTTY) terminal.prompt();
}
