/** The document of settings is ruined while the store is in use, in every way that we know. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { buildApp } from '../../../service/app.ts';
import { loadConfig } from '../../../service/config.ts';
import { createLogger } from '../../../service/observability/logger.ts';
import { fileSource, WatchedSettings } from '../../../service/settings/settings.ts';
import { wrongInBooks } from '../../loopback/books.ts';
import type { Home } from '../../loopback/home.ts';
import { PATIENT } from '../../loopback/service.ts';
import { startVisitors } from '../../loopback/visitors.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { counted, failures } from '../visits.ts';
import { inScene, type Scene } from '../scene.ts';

export const brokenSettings: Drill = {
  name: 'broken-settings',
  breaks: 'the document of settings is broken, removed, unreadable or says nonsense',
  promise: 'the last good one stays, the log says so, no request fails; a good one counts again',
  seconds: 330,
  run: (ground) => inScene((scene) => ruinSettings(scene, ground)),
};

type Ruin = (home: Home, file: string) => Promise<void>;

/** By what is wrong then. */
const RUINS: Readonly<Record<string, Ruin>> = {
  'cut off in the middle': (home) => home.writeSettings('{"rateLimitPerMinute": 5'),
  removed: (_home, file) => rm(file),
  'a value of the wrong type': (home) => home.writeSettings('{"rateLimitPerMinute": "many"}'),
  'a value out of range': (home) => home.writeSettings({ rateLimitPerMinute: 0 }),
  'an unknown setting': (home) => home.writeSettings('{"ratelimitperminute": 5}'),
  'a list': (home) => home.writeSettings('[{"rateLimitPerMinute": 5}]'),
  empty: (home) => home.writeSettings(''),
  unreadable: async (_home, file) => {
    await rm(file);
    await mkdir(file);
  },
};

/** Requests a minute, which every answer tells: above the load of the visitors. */
const GOOD = 900_000;
const BETTER = 800_000;

async function ruinSettings(scene: Scene, ground: Ground): Promise<Outcome> {
  const { home, products } = scene;
  const { signal, size, say } = ground;
  const file = home.serviceVariables['SETTINGS_FILE'] ?? '';
  await home.writeSettings({ rateLimitPerMinute: GOOD });
  const service = size === 'full' ? await inProduction(scene) : await inThisProcess(home);
  const visitors = startVisitors({ home, url: service.url, products, signal });
  const broken: string[] = [];
  try {
    for (const [what, ruin] of Object.entries(RUINS)) {
      say(`the settings are ${what}`);
      const before = await service.complaints();
      await ruin(home, file);
      const isLogged = await until(async () => (await service.complaints()) > before, ground);
      if (!isLogged) broken.push(`${what}: nothing was logged`);
      const limit = await limitAt(service.url);
      if (limit !== GOOD) broken.push(`${what}: ${limit} requests a minute instead of ${GOOD}`);
    }
    say('the settings are good again');
    await rm(file, { recursive: true });
    await home.writeSettings({ rateLimitPerMinute: BETTER });
    const counts = await until(async () => (await limitAt(service.url)) === BETTER, ground);
    if (!counts) broken.push('settings that were good again were not taken over');
  } finally {
    await visitors.leave();
    await service.end();
  }
  return {
    figures: [
      ['ways to ruin them', counted(Object.keys(RUINS).length)],
      ['requests', counted(visitors.visits.length)],
    ],
    broken: [...broken, ...failures(visitors), ...(await wrongInBooks(home.databaseUrl, visitors))],
  };
}

interface Observed {
  readonly url: string;
  /** Lines in the log about settings that are broken. */
  readonly complaints: () => Promise<number>;
  readonly end: () => Promise<void>;
}

const COMPLAINT = /the settings are broken: the last good ones stay/g;

async function inProduction(scene: Scene): Promise<Observed> {
  const service = await scene.start({ variables: PATIENT });
  const { url, logFile } = service;
  return {
    url,
    complaints: async () => (await readFile(logFile, 'utf8')).match(COMPLAINT)?.length ?? 0,
    end: async () => void (await service.stop()),
  };
}

/** Milliseconds between two readings here, where nobody waits for the 30 s of production. */
const INTERVAL = 50;

async function inThisProcess(home: Home): Promise<Observed> {
  let complaints = 0;
  const write = (line: string) => void (complaints += line.match(COMPLAINT)?.length ?? 0);
  const log = createLogger('info', { write });
  // Whoever visits shares this event loop.
  const config = loadConfig({ ...home.serviceVariables, ...PATIENT });
  const settings = new WatchedSettings(
    fileSource(home.serviceVariables['SETTINGS_FILE'] ?? ''),
    log,
  );
  const { app } = await buildApp({ config, log, settings });
  await settings.start(INTERVAL);
  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    complaints: () => Promise.resolve(complaints),
    async end() {
      settings.stop();
      await app.close();
    },
  };
}

async function limitAt(url: string): Promise<number> {
  const answer = await fetch(`${url}/v1/products?limit=1`);
  await answer.arrayBuffer();
  return Number(/q=(\d+)/.exec(answer.headers.get('ratelimit-policy') ?? '')?.[1]);
}

/** Milliseconds: the service reads every 30 s. */
const PATIENCE = 35_000;

async function until(condition: () => Promise<boolean>, { signal }: Ground): Promise<boolean> {
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    if (await condition()) return true;
    await pause(INTERVAL, undefined, { signal });
  }
  return false;
}
