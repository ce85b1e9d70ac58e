/** A way to the service that breaks: each connection is cut after some bytes, in either direction. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Dice } from '../../../service/demo/dice.ts';

export interface CuttingProxy {
  readonly url: string;
  /** Connections that were cut while a request, or an answer, was on its way. */
  readonly cuts: { towardsService: number; towardsClient: number };
  close(): Promise<void>;
}

/** Bytes in one direction after which a connection is cut at the latest: two or three orders. */
const LONGEST = 5000;

export async function startCuttingProxy(port: number, dice: Dice): Promise<CuttingProxy> {
  const cuts = { towardsService: 0, towardsClient: 0 };
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const service = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [client, service],
      [service, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    forward(client, service, bytes(dice), () => (cuts.towardsService += 1));
    forward(service, client, bytes(dice), () => (cuts.towardsClient += 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function bytes(dice: Dice): number {
  return 1 + Math.floor(dice.roll() * LONGEST);
}

/** The last bytes still arrive; what follows them does not. */
function forward(from: Socket, to: Socket, limit: number, told: () => void): void {
  let left = limit;
  from.on('data', (chunk) => {
    const part = chunk.subarray(0, left);
    if (part.length < chunk.length) {
      told();
      from.pause();
      to.end(part, () => from.destroy());
    } else if (part.length > 0) to.write(part);
    left -= part.length;
  });
}
