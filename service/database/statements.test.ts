import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing/template-database.ts';
import { statements } from './statement.ts';
// Every room with statements is loaded through the application.
import '../app.ts';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test('every statement fits the schema and what the service may do', async () => {
  const refused: string[] = [];
  for (const { name, text } of statements.values()) {
    await client
      .query(`PREPARE "${name}" AS ${text}`)
      .catch((error: unknown) => refused.push(`${name}: ${String(error)}`));
  }

  expect(refused).toEqual([]);
  expect(statements.size).toBeGreaterThan(20);
});
