/** Connections that asked once and then say nothing, as many as the machine lets one process have. */
import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LIVE_PATH } from '../../../contract.ts';
import { PATIENT } from '../../loopback/service.ts';
import { startVisitors } from '../../loopback/visitors.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { counted } from '../visits.ts';
import { leaked, memoryDuring, memoryOf, socketsOf, untilClosed } from './footprint.ts';
import { type OpenStore, withStore } from './open-store.ts';
import { disturbed, untilServed } from './others.ts';

export const idleConnections: Drill = {
  name: 'idle-connections',
  breaks: '10,000 connections are open and idle',
  promise:
    'others are served, none of the idle ones is dropped, memory grows by less than 150 MiB and 30 KiB for each',
  seconds: 120,
  run: (ground) => withStore((store) => crowdIn(store, ground), { variables: PATIENT }),
};

/** Connections, and milliseconds that they are idle. */
const SIZES = {
  full: { wanted: 10_000, idle: 15_000 },
  small: { wanted: 300, idle: 1000 },
} as const;

async function crowdIn(store: OpenStore, { size, say, signal }: Ground): Promise<Outcome> {
  const { home, service, products, pid } = store;
  const { wanted, idle } = SIZES[size];
  const count = Math.min(wanted, (await openFiles()) - SPARE);
  const visitors = startVisitors({ home, url: service.url, products, signal });
  await untilServed(visitors, signal);
  const before = { sockets: await socketsOf(pid), memory: await memoryOf(pid) };

  say(`${count} idle connections`);
  const sockets = await openMany(service.port, count, signal);
  const { memory } = await memoryDuring(pid, () => wait(idle, undefined, { signal }));
  const dropped = sockets.filter(({ readyState }) => readyState !== 'open').length;
  for (const socket of sockets) socket.destroy();
  await visitors.leave();
  const after = await untilClosed(pid, before.sockets, signal);

  const growth = Math.max(...memory) - before.memory;
  return {
    figures: [
      ['idle connections', counted(count) + (count < wanted ? ' (limit of open files)' : '')],
      [
        'memory',
        `${before.memory.toFixed()} MiB before, ${Math.max(...memory).toFixed()} with them`,
      ],
      ['others', `${visitors.visits.length} requests, ${visitors.cuts.length} cut`],
    ],
    broken: [
      ...disturbed(visitors),
      ...leaked(before.sockets, after),
      ...(dropped > 0 ? [`${dropped} of the idle connections were dropped`] : []),
      ...(growth > GROWTH + (count * EACH) / 1024
        ? [`memory grew by ${growth.toFixed()} MiB with ${count} connections`]
        : []),
    ],
  };
}

/** MiB by which visitors may make the service grow meanwhile, and KiB for each connection. */
const GROWTH = 150;
const EACH = 30;

/** Files that a process has open besides. */
const SPARE = 500;

/** How many one process may have open here; Node takes as many as the system lets it. */
async function openFiles(): Promise<number> {
  const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n']);
  return stdout.trim() === 'unlimited' ? Infinity : Number(stdout);
}

/** At once; more than the system lets wait for being accepted would be slowed down. */
const AT_ONCE = 200;

async function openMany(port: number, count: number, signal: AbortSignal): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    signal.throwIfAborted();
    const batch = Math.min(AT_ONCE, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: batch }, () => openOne(port)))));
  }
  return sockets;
}

/** One that had an answer: who never asks anything is sent away like who asks slowly. */
function openOne(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  // Whether it is still open is looked at later.
  socket.on('error', () => undefined);
  socket.write(`GET ${LIVE_PATH} HTTP/1.1\r\nHost: loopback\r\n\r\n`);
  return new Promise((resolve) => {
    socket.once('data', () => resolve(socket)).once('close', () => resolve(socket));
  });
}
