/** A migrated database, and our migrations in a folder to which a test adds its own. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Finding } from '../database/migration-guard/judge.ts';
import { NeedsContract } from '../database/migration-guard/needs-contract.ts';
import { MIGRATIONS } from '../database/schema.ts';
import { applyMigrations } from '../migrate.ts';
import { createLogger } from '../observability/logger.ts';
import { createTestDatabase, type TestDatabase } from './template-database.ts';

export interface MoreMigrations {
  readonly owner: Client;
  readonly database: TestDatabase;
  /** Migrates with these texts, by name, besides ours. */
  migrate(texts: Readonly<Record<string, string>>, contract?: boolean): Promise<string[]>;
  close(): Promise<void>;
}

export async function moreMigrations({ empty = false } = {}): Promise<MoreMigrations> {
  const database = await createTestDatabase({ empty });
  const owner = new Client(database.ownerUrl);
  await owner.connect();
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  for (const file of readdirSync(MIGRATIONS)) {
    copyFileSync(join(MIGRATIONS, file), join(folder, file));
  }
  return {
    owner,
    database,
    migrate(texts, contract = false) {
      for (const [name, sql] of Object.entries(texts)) {
        writeFileSync(join(folder, `${name}.sql`), sql);
      }
      return applyMigrations(owner, createLogger('silent'), { folder, contract });
    },
    async close() {
      rmSync(folder, { recursive: true });
      await owner.end();
      await database.drop();
    },
  };
}

/** What needs a yes; none where it was not refused. @throws what else went wrong */
export async function refusedOf(migrating: Promise<unknown>): Promise<readonly Finding[]> {
  try {
    await migrating;
    return [];
  } catch (error) {
    if (error instanceof NeedsContract) return error.findings;
    throw error;
  }
}
