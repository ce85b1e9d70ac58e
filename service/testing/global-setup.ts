/** Before all tests: one server, and one migrated database in it that every test file copies. */
import { migratedTemplate } from './template-database.ts';
import { startServer } from './test-server.ts';

export default async function setUp(): Promise<void> {
  const server = await startServer();
  const { url, how } = server;
  process.stdout.write(`PostgreSQL for the tests: ${how}\n`);
  globalThis.stopTestServer = () => server.stop();
  process.env['TEST_SERVER_URL'] = url;
  await migratedTemplate(url);
}

declare global {
  // oxlint-disable-next-line no-var -- the only way to declare a global
  var stopTestServer: (() => Promise<void>) | undefined;
}
