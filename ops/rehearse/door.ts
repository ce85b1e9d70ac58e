/** The front door's name leads to the emulated balancer: through a proxy, and at a plain URL. */
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { endToEnd } from '../loopback/end-to-end.ts';

/** What load balancers are called; nothing else is anybody's business here. */
const BALANCER = /\.elb\.amazonaws\.com$/;

const REFUSED = 'a rehearsal reaches its own load balancers only, over plain HTTP';

/** Seconds, as the balancer has it: a client that was told 72 by the service met connections closed after 5. */
const IDLE_TIMEOUT = 60;

export interface Door {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * A proxy for commands that ask for the balancer by its real name, which no DNS server knows.
 * @param gateway where the emulated AWS answers
 */
export async function startProxy(gateway: string): Promise<Door> {
  const server = createServer((asked, answer) => {
    const target = URL.parse(asked.url ?? '');
    if (target === null || !isBalancer(target.hostname, target.port)) return refuse(answer);
    forward({
      asked,
      answer,
      gateway,
      path: `${target.pathname}${target.search}`,
      host: target.host,
    });
  });
  // Node's fetch asks for a tunnel, also for plain HTTP.
  server.on('connect', (asked: IncomingMessage, client: Duplex, head: Buffer) => {
    const [host = '', port = ''] = (asked.url ?? '').split(':');
    if (isBalancer(host, port)) tunnel(client, head, gateway);
    else client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  return listening(server);
}

/** The balancer at an address of this machine, for clients that know no proxy. */
export function startDoor(gateway: string, host: string): Promise<Door> {
  const server = createServer((asked, answer) => {
    forward({ asked, answer, gateway, path: asked.url ?? '/', host });
  });
  return listening(server);
}

function isBalancer(host: string, port: string): boolean {
  return BALANCER.test(host) && (port === '' || port === '80');
}

function refuse(answer: ServerResponse): void {
  answer.writeHead(403, { 'content-type': 'text/plain' }).end(REFUSED);
}

interface Exchange {
  readonly asked: IncomingMessage;
  readonly answer: ServerResponse;
  readonly gateway: string;
  readonly path: string;
  /** Name of the balancer, by which the emulator finds it. */
  readonly host: string;
}

function forward({ asked, answer, gateway, path, host }: Exchange): void {
  const { hostname, port } = new URL(gateway);
  const { method = 'GET', headers } = asked;
  const passed = request(
    // A connection of its own for each: one that is kept may be closed as it is used.
    { hostname, port, method, path, headers: { ...headers, host }, agent: false },
    (came) => {
      answer.writeHead(came.statusCode ?? 502, endToEnd(came.headers));
      came.pipe(answer);
      // Half an answer must not look like a whole one.
      came.on('error', () => answer.destroy());
    },
  );
  passed.on('error', () => answer.destroy());
  answer.on('close', () => passed.destroy());
  asked.pipe(passed);
}

function tunnel(client: Duplex, head: Buffer, gateway: string): void {
  const { hostname, port } = new URL(gateway);
  const upstream = connect(Number(port), hostname, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  });
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
}

async function listening(server: Server): Promise<Door> {
  server.keepAliveTimeout = IDLE_TIMEOUT * 1000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
