/** The service on one port, started again whenever it is gone, as ECS does with a task. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Home } from '../../loopback/home.ts';
import { type Service, startService } from '../../loopback/service.ts';

export class UpheldService {
  /** Times that it ended although nobody killed it. */
  deaths = 0;
  readonly url: string;
  readonly logFile: string;
  #service: Service;
  readonly #home: Home;
  readonly #upholding: Promise<void>;
  #failure: unknown;
  #killed = false;
  #closed = false;

  static async start(home: Home): Promise<UpheldService> {
    return new UpheldService(home, await startService(home));
  }

  private constructor(home: Home, service: Service) {
    this.url = service.url;
    this.logFile = service.logFile;
    this.#home = home;
    this.#service = service;
    this.#upholding = this.#uphold().catch((error: unknown) => {
      this.#failure = error;
    });
  }

  /** SIGKILL. Resolves once it is healthy again. @throws Error when it does not become so */
  async kill(): Promise<void> {
    const killed = this.#service;
    this.#killed = true;
    await killed.kill();
    while (this.#service === killed && this.#failure === undefined) await pause(10);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** From here on it stays away, also one that is just being started. */
  async close(): Promise<void> {
    this.#closed = true;
    const over = this.#upholding.then(() => true);
    do await this.#service.kill();
    while (!(await Promise.race([over, pause(10, false)])));
  }

  async #uphold(): Promise<void> {
    for (;;) {
      const { child, port } = this.#service;
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (this.#closed) return;
      if (!this.#killed) this.deaths += 1;
      this.#killed = false;
      this.#service = await startService(this.#home, { port });
    }
  }
}
