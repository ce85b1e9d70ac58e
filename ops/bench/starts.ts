/** How long it takes from the start of a process until it answers, and until it is ready. */
import { setTimeout as pause } from 'node:timers/promises';
import { READY_PATH } from '../../contract.ts';
import type { Home } from '../loopback/home.ts';
import { answers } from '../loopback/healthy.ts';
import { startService } from '../loopback/service.ts';
import type { Ground } from './ground.ts';
import { PEERS } from './peers/peers.ts';
import { STORE } from './results.ts';
import { type Peer, startPeer } from './servers.ts';

export interface Starts {
  readonly name: string;
  /** Milliseconds until it is healthy, of each start. */
  readonly firstAnswer: readonly number[];
  /** Milliseconds until it can serve what needs the database. */
  readonly ready?: readonly number[];
}

/** In turns, as everything. */
export async function timeStarts({ home, scale, say, signal }: Ground): Promise<Starts[]> {
  const ours: StoreStart[] = [];
  const theirs = PEERS.map((peer) => ({ peer, firstAnswer: [] as number[] }));
  for (let start = 1; start <= scale.starts; start += 1) {
    signal.throwIfAborted();
    say(`${start} of ${scale.starts}`);
    ours.push(await timeStore(home));
    for (const { peer, firstAnswer } of theirs) firstAnswer.push(await timePeer(home, peer));
  }
  return [
    {
      name: STORE.name,
      firstAnswer: ours.map(({ firstAnswer }) => firstAnswer),
      ready: ours.map(({ ready }) => ready),
    },
    ...theirs.map(({ peer, firstAnswer }) => ({ name: peer.name, firstAnswer })),
  ];
}

interface StoreStart {
  readonly firstAnswer: number;
  readonly ready: number;
}

async function timeStore(home: Home): Promise<StoreStart> {
  const since = performance.now();
  const service = await startService(home);
  const firstAnswer = performance.now() - since;
  try {
    await untilYes(`${service.url}${READY_PATH}`, AbortSignal.timeout(PATIENCE));
    return { firstAnswer, ready: performance.now() - since };
  } finally {
    await service.kill();
  }
}

async function timePeer(home: Home, peer: Peer): Promise<number> {
  const since = performance.now();
  const server = await startPeer(home, peer);
  const took = performance.now() - since;
  await server.close();
  return took;
}

/** Milliseconds until it must be ready, and between two questions. */
const PATIENCE = 30_000;
const PAUSE = 5;

/** @throws what the signal aborts with */
async function untilYes(url: string, signal: AbortSignal): Promise<void> {
  while (!(await answers(url))) {
    signal.throwIfAborted();
    await pause(PAUSE);
  }
}
