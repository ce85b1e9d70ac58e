/** The logger of a request, made when it writes its first line. */
import type { Logger } from './logger.ts';

const METHODS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent', 'child'] as const;

/**
 * Most requests write no line but the one about themselves, which carries their id by itself. pino
 * looks for credentials in whatever a child is given: done for each request, that made a seventh of
 * the garbage of a short read.
 */
class RequestLog {
  readonly #make: () => Logger;
  #made: Logger | undefined;

  constructor(make: () => Logger) {
    this.#make = make;
  }

  static of(log: RequestLog): Logger {
    return (log.#made ??= log.#make());
  }

  get level(): string {
    return RequestLog.of(this).level;
  }
}

for (const name of METHODS) {
  Object.defineProperty(RequestLog.prototype, name, {
    value(this: RequestLog, ...args: Parameters<Logger['child']>) {
      const log = RequestLog.of(this);
      return Reflect.apply(log[name], log, args) as unknown;
    },
  });
}

/** For Fastify's `childLoggerFactory`. */
export function requestLog(
  parent: Logger,
  bindings: Parameters<Logger['child']>[0],
  options: Parameters<Logger['child']>[1],
): Logger {
  return new RequestLog(() => parent.child(bindings, options)) as unknown as Logger;
}
