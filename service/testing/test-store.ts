/** The real application on a database of its own, spoken to as clients speak to it. */
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { buildApp, type Store } from '../app.ts';
import { DEMO_PEOPLE, type LocalIssuer, localIssuer } from '../auth/local-issuer.ts';
import { type Config, loadConfig } from '../config.ts';
import { createLogger } from '../observability/logger.ts';
import { DEFAULT_SETTINGS, type SettingsDocument } from '../settings/settings.ts';
import { checkAgainstDocument } from './contract-check.ts';
import { createTestDatabase, type TestDatabase } from './template-database.ts';

export interface TestStore extends Store {
  readonly database: TestDatabase;
  readonly issuer: LocalIssuer;
  /** Change it, and the store has other settings. */
  readonly settings: SettingsDocument;
  /** A request; the answer is held against the API document. */
  request(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** `Bearer …` of the demo admin. */
  readonly admin: string;
  /** `Bearer …` of a customer whom nobody saw before. */
  newCustomer(): { authorization: string; id: string };
  close(): Promise<void>;
}

interface Options {
  readonly environment?: NodeJS.ProcessEnv;
  readonly log?: Parameters<typeof createLogger>;
}

export async function startTestStore(options: Options = {}): Promise<TestStore> {
  const database = await createTestDatabase();
  const config = testConfig(database, options.environment);
  const settings: SettingsDocument = { ...DEFAULT_SETTINGS, rateLimitPerMinute: 1_000_000 };
  const log = createLogger(...(options.log ?? ['silent']));
  const store = await buildApp({ config, log, settings: { current: () => settings } });
  // With an issuer elsewhere, tokens of this one are strangers' tokens.
  const { app, issuer = localIssuer() } = store;
  await app.ready();
  store.lifecycle.started = true;
  return {
    ...store,
    issuer,
    database,
    settings,
    async request(request) {
      const response = await app.inject(request);
      checkAgainstDocument(app, request, response);
      return response;
    },
    admin: `Bearer ${issuer.token(DEMO_PEOPLE.admin).accessToken}`,
    newCustomer() {
      const id = uuidv7();
      return { id, authorization: `Bearer ${issuer.token({ sub: id }).accessToken}` };
    },
    async close() {
      await app.close();
      await database.drop();
    },
  };
}

function testConfig(database: TestDatabase, environment: NodeJS.ProcessEnv = {}): Config {
  return loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    HOST: '127.0.0.1',
    PORT: '0',
    DRAIN_SECONDS: '0',
    // Many tests share two cores: only the test of it wants it.
    MAX_EVENT_LOOP_DELAY: '0',
    DATABASE_URL: database.url,
    // The whole suite passes both ways.
    DB_PIPELINE: process.env['DB_PIPELINE'] ?? '',
    ...environment,
  });
}
