/** Migrations that need somebody's yes: what is told of them, and when. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, judge } from '../../service/database/migration-guard/judge.ts';
import { told } from '../../service/database/migration-guard/needs-contract.ts';
import { buildOf, MIGRATIONS } from '../../service/database/schema.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { ReleaseRecord } from '../running/records.ts';
import type { ReleaseOptions } from './release.ts';

/**
 * Before anything is built: what contracts, as far as the files alone say it. How large tables are
 * is known to the migration only, which asks again in any case.
 * @param records newest first
 * @param folder of the migrations. @default those here
 * @throws Refusal
 */
export async function requireContract(
  records: readonly ReleaseRecord[],
  { name, contract = false, image, promoted }: ReleaseOptions,
  folder = MIGRATIONS,
): Promise<void> {
  // Of an image from elsewhere, the migrations are not here.
  if (contract || image !== undefined || promoted !== undefined) return;
  // One that failed may have migrated, and nobody knows how far.
  const latest = records.find(({ kind }) => kind === 'release');
  if (latest?.schema === undefined) return;
  const { build } = latest.schema;
  const files = (await readdir(folder)).filter((file) => buildOf(file) > build).toSorted();
  const pending = await Promise.all(
    files.map(async (file) => ({ file, sql: await readFile(join(folder, file), 'utf8') })),
  );
  const findings = await judge(pending);
  const sure = findings.filter(({ kind, unless }) => kind === 'contracts' && unless === undefined);
  if (sure.length > 0) throw needsContract(sure, name);
}

/** @param name of the environment */
export function needsContract(findings: readonly Finding[], name: string): Refusal {
  return new Refusal(
    `${told(findings)}\nWhat --contract does is in docs/runbooks/contract.md; to allow all of it: npm run release -- ${name} --contract`,
  );
}
