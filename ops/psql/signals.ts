import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * Waits for a session. Ctrl-C is for what runs in it, and reaches it by itself, however often; a
 * terminal that is closed ends it.
 */
export async function whileEntered(session: ChildProcess): Promise<number> {
  const leave = () => session.kill('SIGTERM');
  const before = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT').on('SIGINT', ignore);
  process.on('SIGTERM', leave).on('SIGHUP', leave);
  try {
    const [code] = (await once(session, 'close')) as [number | null];
    return code ?? 1;
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', leave).off('SIGHUP', leave);
    for (const listener of before) process.on('SIGINT', listener);
  }
}

function ignore(): void {
  // Without a listener it would end this process, which still has the task to stop.
}
