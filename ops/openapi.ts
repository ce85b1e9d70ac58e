/** Writes the API document to `openapi.json`; with `--check`, says whether the file is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../service/app.ts';
import { loadConfig } from '../service/config.ts';
import { createLogger } from '../service/observability/logger.ts';
import { DEFAULT_SETTINGS } from '../service/settings/settings.ts';

const FILE = fileURLToPath(new URL('../openapi.json', import.meta.url));

// As in production, where the routes of development do not exist. Nothing is connected to.
const config = loadConfig({
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  AUTH_ISSUER: 'https://issuer.example.com',
  AUTH_CLIENT_IDS: 'none',
});
const settings = { current: () => DEFAULT_SETTINGS };
const { app } = await buildApp({ config, log: createLogger('silent'), settings });
await app.ready();
const document = `${JSON.stringify(app.swagger(), null, 2)}\n`;
await app.close();

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, document);
} else if (readFileSync(FILE, 'utf8') !== document) {
  console.error('openapi.json is stale: run `npm run openapi` and commit it');
  process.exitCode = 1;
}
