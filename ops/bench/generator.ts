/** One process that puts load on servers, kept from one measurement to the next: it stays warm. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Figures, Job, Phase } from './job.ts';

export interface Generator {
  /**
   * One job at a time.
   * @param onEdge is called when the figures begin and when they end
   * @throws Error when the process has ended; its reason is on the terminal
   */
  load(job: Job, onEdge?: () => void): Promise<Figures>;
  close(): Promise<void>;
}

export function startGenerator(): Generator {
  const child = fork(join(import.meta.dirname, 'load.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const lost = ended.then(([code, signal]) => {
    throw new Error(`the program that puts load on the servers ended with ${code ?? signal}`);
  });
  // Heard by whoever loads; between two loads by nobody.
  lost.catch(() => undefined);
  return {
    load: (job, onEdge = () => undefined) => Promise.race([lost, follow(job, onEdge)]),
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };

  function follow(job: Job, onEdge: () => void): Promise<Figures> {
    return new Promise((resolve) => {
      let figures: Figures | undefined;
      const hear = (told: Phase) => {
        if (told.phase !== 'quiet') onEdge();
        if (told.phase === 'measured') ({ figures } = told);
        if (told.phase !== 'quiet' || figures === undefined) return;
        child.off('message', hear);
        resolve(figures);
      };
      child.on('message', hear);
      child.send(job);
    });
  }
}
