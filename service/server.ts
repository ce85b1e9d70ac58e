/** The process: configuration, logger, database, application, port; and the way down. */
import { setTimeout as wait } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import type { DestinationStream } from 'pino';
import { buildApp, type Store } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { schemaMismatch } from './database/schema.ts';
import { whenReachable } from './database/wait.ts';
import { runCommand, StartError } from './exit.ts';
import { forgetOldAnswers } from './idempotency/purge.ts';
import { createLogger, type Logger } from './observability/logger.ts';
import {
  fileSource,
  parameterSource,
  type SettingsSource,
  WatchedSettings,
} from './settings/settings.ts';

/** Milliseconds from the signal to the end, whatever still hangs; ECS kills after 40 s. */
const HARD_STOP = 25_000;

export interface RunningStore extends Store {
  readonly url: string;
  /** Not ready at once, serves on for the drain delay, finishes what is in flight, ends. */
  stop(): Promise<void>;
}

/** @param stream where log lines go; standard output by default */
export async function startStore(
  config: Config,
  stream?: DestinationStream,
): Promise<RunningStore> {
  const log = createLogger(config.logLevel, stream);
  warnOfDanger(config, log);
  const settings = new WatchedSettings(settingsSource(config), log);
  const store = await buildApp({ config, log, settings });
  const { app, compilers, db, lifecycle } = store;
  try {
    const mismatch = await whenReachable(() => schemaMismatch(db.read), log);
    if (mismatch !== undefined) throw new StartError(mismatch);
    await settings.start();
    const forget = forgetOldAnswers(db, log);
    app.addHook('onClose', async () => {
      settings.stop();
      forget();
    });
    const url = await app.listen({ host: config.host, port: config.port });
    lifecycle.started = true;
    // In the quiet between here and the first customers.
    void compilers.finish();
    return { ...store, url, stop: () => stop(store, config) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Milliseconds between two looks for connections that have become idle. */
const SWEEP = 50;

async function stop({ app, lifecycle }: Store, { drainSeconds }: Config): Promise<void> {
  lifecycle.draining = true;
  app.log.info(`draining for ${drainSeconds} s`);
  await wait(drainSeconds * 1000);
  // Closing ends what is idle at that moment; a connection whose last answer went out a moment
  // later would be waited for.
  const sweeping = setInterval(() => app.server.closeIdleConnections(), SWEEP);
  await app.close().finally(() => clearInterval(sweeping));
}

function settingsSource({ settings: { parameter, file } }: Config): SettingsSource {
  if (parameter !== undefined) return parameterSource(parameter);
  return file === undefined ? () => Promise.resolve(undefined) : fileSource(file);
}

function warnOfDanger({ auth }: Config, log: Logger): void {
  if (auth.kind === 'local') {
    log.warn('DANGEROUS outside development: anyone can have a token from /dev/token');
  } else if (auth.allowHttp) {
    log.warn('DANGEROUS: AUTH_ALLOW_HTTP_ISSUER lets whoever is on the way forge tokens');
  }
}

async function main(): Promise<void> {
  const config = loadConfig();
  let store: RunningStore | undefined;
  // Before the store starts, so that a signal meanwhile is not lost. A second one exits at once.
  closeWithGrace({ delay: HARD_STOP, logger: false }, async ({ err }) => {
    if (err !== undefined) store?.app.log.fatal({ err }, 'the process cannot go on');
    await store?.stop();
  });
  store = await startStore(config);
}

if (import.meta.main) void runCommand('server', main);
