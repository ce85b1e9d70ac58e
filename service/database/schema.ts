/** Whether this build and the database's schema fit together. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { isError } from '../problem.ts';
import type { Queryable } from './database.ts';
import { statement } from './statement.ts';

export const MIGRATIONS = join(import.meta.dirname, 'migrations');

/** The table in which migrations are recorded. */
export const MIGRATIONS_TABLE = 'migrations';

/** Migrations that this build knows, without `.sql`, oldest first. */
const KNOWN_MIGRATIONS: readonly string[] = readdirSync(MIGRATIONS)
  .filter((file) => file.endsWith('.sql'))
  .map((file) => file.slice(0, -'.sql'.length))
  .toSorted();

/** A build's number: that of the newest migration it knows. */
const BUILD = buildOf(KNOWN_MIGRATIONS.at(-1));

const FIND_REQUIREMENT = statement(
  'find-schema-requirement',
  `SELECT (SELECT minimum_build FROM schema_requirement) AS "minimumBuild",
          (SELECT array_agg(name::text) FROM ${MIGRATIONS_TABLE}) AS applied`,
);

/**
 * Why this build may not serve this schema, or undefined when it may: every migration it knows is
 * there, and none that came later asks for a newer build. So migrate-then-deploy and rollback work.
 */
export async function schemaMismatch(db: Queryable): Promise<string | undefined> {
  const { rows } = await db
    .query<{ minimumBuild: number; applied: string[] | null }>(FIND_REQUIREMENT)
    .catch(withoutTables);
  const applied = new Set(rows[0]?.applied);
  const missing = KNOWN_MIGRATIONS.filter((name) => !applied.has(name));
  if (missing.length > 0) {
    return `the schema lacks ${missing.join(', ')}: run the migration first (npm run migrate)`;
  }
  const minimum = rows[0]?.minimumBuild ?? 0;
  if (minimum > BUILD) {
    return `the schema needs build ${minimum} or newer, this is build ${BUILD}: deploy a newer one`;
  }
  return undefined;
}

/** This build's number, and the oldest that the schema still allows; for whoever goes back to one. */
export async function schemaVersion(
  db: Queryable,
): Promise<{ build: number; minimumBuild: number }> {
  const { rows } = await db.query<{ minimumBuild: number }>(FIND_REQUIREMENT);
  return { build: BUILD, minimumBuild: rows[0]?.minimumBuild ?? 0 };
}

/** Names of the migrations that the database has; none before the first. */
export async function appliedMigrations(db: Pick<Client, 'query'>): Promise<ReadonlySet<string>> {
  const { rows } = await db
    .query<{ name: string }>(`SELECT name FROM ${MIGRATIONS_TABLE}`)
    .catch(withoutTables);
  return new Set(rows.map(({ name }) => name));
}

/** Part of a migration that contracts: builds that do not know it may not serve any more. */
export function raiseMinimumBuild(migration: string): string {
  const build = buildOf(migration);
  return `UPDATE schema_requirement SET minimum_build = greatest(minimum_build, ${build});`;
}

/** The number of the build whose newest migration this is. */
export function buildOf(migration = '0'): number {
  return Number.parseInt(migration, 10);
}

/** SQLSTATE undefined_table: nothing was migrated yet. */
function withoutTables(error: unknown) {
  if (isError(error) && 'code' in error && error.code === '42P01') return { rows: [] };
  throw error;
}
