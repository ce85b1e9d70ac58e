/** A second PostgreSQL server, and addresses that lead to one or the other until they are closed. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { startServer, type TestServer } from './test-server.ts';

/** Another one than that of the other tests, also where that is given. */
export async function anotherServer(): Promise<TestServer> {
  const { TEST_DATABASE_URL: given } = process.env;
  delete process.env['TEST_DATABASE_URL'];
  try {
    return await startServer();
  } finally {
    if (given !== undefined) process.env['TEST_DATABASE_URL'] = given;
  }
}

/** Passes on what comes, until it is closed. */
export class Relay {
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(listening: Server, sockets: Set<Socket>) {
    this.#server = listening;
    this.#sockets = sockets;
  }

  static async open(at: { host: string; port: number }, url: string): Promise<Relay> {
    const { hostname, port } = new URL(url);
    const sockets = new Set<Socket>();
    const listening = createServer((socket) => {
      const there = connect(Number(port), hostname);
      for (const one of [socket, there]) sockets.add(one.on('error', () => one.destroy()));
      socket.pipe(there).pipe(socket);
    });
    listening.listen(at.port, at.host);
    await once(listening, 'listening');
    return new Relay(listening, sockets);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}
