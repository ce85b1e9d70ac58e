/** The inspection: says in figures what the database holds, and changes nothing. */
import { loadOwnerConfig } from './config.ts';
import { inspect } from './database/inspection.ts';
import { asOwner } from './database/owner.ts';
import { secretsManager } from './database/secret-store.ts';
import { whenReachable } from './database/wait.ts';
import { runCommand } from './exit.ts';
import { createLogger } from './observability/logger.ts';

async function main(): Promise<void> {
  const { logLevel, database } = loadOwnerConfig();
  const log = createLogger(logLevel);
  const inspection = await whenReachable(() => asOwner(database, secretsManager(), inspect), log);
  log.info({ inspection }, 'the database was inspected');
}

if (import.meta.main) void runCommand('inspect', main);
