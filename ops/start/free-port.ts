import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../service/config.ts';
import { StartError } from '../../service/exit.ts';

/** @throws StartError when nothing can listen there */
export async function requireFreePort({ host, port }: Config): Promise<void> {
  const probe = createServer().listen({ host, port });
  try {
    await once(probe, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError(
      code === 'EADDRINUSE'
        ? `port ${port} is taken: run PORT=${port + 1} npm start`
        : `cannot listen on HOST ${host}, PORT ${port}: ${message}`,
    );
  }
  probe.close();
  await once(probe, 'close');
}
