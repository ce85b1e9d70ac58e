/** A load balancer on loopback that behaves as AWS's: round robin, checks of health, no second try. */
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request as ask,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { HEALTH_PATH } from '../../contract.ts';
import { endToEnd } from './end-to-end.ts';

export interface Balancer {
  readonly url: string;
  /** From now on it is checked. @returns once it takes requests. @throws the reason of `signal` */
  register(targetUrl: string, signal: AbortSignal): Promise<void>;
  /** It is checked no longer and gets nothing more, as when ECS has ended a task. */
  deregister(targetUrl: string): void;
  close(): Promise<void>;
}

interface Target {
  readonly url: string;
  /** Connections are kept and used again. */
  readonly agent: Agent;
  isHealthy: boolean;
  /** Checks in a row that said something else than `isHealthy`. */
  doubts: number;
}

/** Milliseconds between two checks of a target, and until one has failed. */
const INTERVAL = 200;
const CHECK_TIMEOUT = 2000;
/** Checks in a row that change what is thought of a target; AWS takes 2 at least. */
const THRESHOLD = 2;

export async function startBalancer(): Promise<Balancer> {
  const targets = new Map<string, Target>();
  const closing = new AbortController();
  const server = createServer((incoming, outgoing) => {
    const target = nextOf(targets);
    if (target === undefined) return refuse(outgoing, 503);
    forward(target, incoming, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async register(url, signal) {
      const target = { url, agent: new Agent({ keepAlive: true }), isHealthy: false, doubts: 0 };
      targets.set(url, target);
      const end = AbortSignal.any([signal, closing.signal]);
      void keepChecking(target, () => targets.get(url) === target && !end.aborted);
      while (!target.isHealthy) await pause(INTERVAL / 10, undefined, { signal: end });
    },
    deregister(url) {
      targets.get(url)?.agent.destroy();
      targets.delete(url);
    },
    async close() {
      closing.abort();
      for (const { agent } of targets.values()) agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The one that waited longest; where none is healthy any may be asked, as AWS does it. */
function nextOf(targets: Map<string, Target>): Target | undefined {
  const all = [...targets.values()];
  const next = all.find(({ isHealthy }) => isHealthy) ?? all[0];
  if (next === undefined) return undefined;
  targets.delete(next.url);
  targets.set(next.url, next);
  return next;
}

async function keepChecking(target: Target, isWanted: () => boolean): Promise<void> {
  while (isWanted()) {
    const says = await isWell(target.url);
    target.doubts = says === target.isHealthy ? 0 : target.doubts + 1;
    if (target.doubts === THRESHOLD) Object.assign(target, { isHealthy: says, doubts: 0 });
    await pause(INTERVAL);
  }
}

function isWell(url: string): Promise<boolean> {
  return fetch(url + HEALTH_PATH, { signal: AbortSignal.timeout(CHECK_TIMEOUT) }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    },
    () => false,
  );
}

/** What fails on the way to the target is 502 for the client: nothing is asked twice. */
function forward(target: Target, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = ask(target.url + url, { method, agent: target.agent, headers: endToEnd(headers) });
  onward.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    answer.on('error', () => outgoing.destroy());
    answer.pipe(outgoing);
  });
  onward.on('error', () => refuse(outgoing, 502));
  incoming.on('error', () => onward.destroy());
  incoming.pipe(onward);
}

function refuse(outgoing: ServerResponse, status: 502 | 503): void {
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(status, { 'content-type': 'text/html' }).end();
}
