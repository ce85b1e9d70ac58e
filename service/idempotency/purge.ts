/** Forgets answers that nobody asks for again. */
import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import type { Logger } from '../observability/logger.ts';

/** Rows at a time: few, so that nothing waits for them. */
const BATCH = 1000;

const FORGET_ANSWERS = statement(
  'forget-answers',
  `DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
     SELECT ctid FROM idempotency_keys WHERE created_at < now() - interval '24 hours' LIMIT ${BATCH}
   ))`,
);

/** Milliseconds; several tasks doing the same is harmless. */
const INTERVAL = 60_000;

/** @returns how to stop */
export function forgetOldAnswers(db: Database, log: Logger, interval = INTERVAL): () => void {
  const timer = setInterval(() => {
    forgetAll(db).catch((error: unknown) => {
      log.warn({ err: error }, 'old answers stay a little longer');
    });
  }, interval).unref();
  return () => clearInterval(timer);
}

async function forgetAll(db: Database): Promise<void> {
  let forgotten: number | null = BATCH;
  while (forgotten === BATCH) ({ rowCount: forgotten } = await db.write.query(FORGET_ANSWERS));
}
