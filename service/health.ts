/** What operators and load balancers ask: alive, serving, ready. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { HEALTH_PATH, LIVE_PATH, READY_PATH } from '../contract.ts';
import type { Database } from './database/database.ts';
import { schemaMismatch } from './database/schema.ts';
import { NotReady } from './errors.ts';
import { answer } from './http/answers.ts';
import { component } from './http/schemas.ts';
import type { FailingMember } from './problem.ts';

/** Milliseconds within which the database must answer, and for which its answer is kept. */
const PATIENCE = 500;
const KEPT = 1000;

const Health = component(
  'Health',
  Type.Object({ status: Type.Literal('ok', { examples: ['ok'] }) }),
);

export class Lifecycle {
  /** Schema and database were seen good once. */
  started = false;
  /** SIGTERM came: no new work, please. */
  draining = false;
}

export function healthRoutes(
  app: FastifyInstance,
  { db, lifecycle }: { db: Database; lifecycle: Lifecycle },
): void {
  const ready = readiness(db, lifecycle);

  app.get(LIVE_PATH, { schema: schemaOf('live', 'The process answers') }, ok);

  app.get(HEALTH_PATH, { schema: schemaOf('health', 'The process takes requests') }, () => {
    const failing = lifecycleProblems(lifecycle);
    if (failing.length > 0) throw new NotReady(undefined, { errors: failing });
    return ok();
  });

  app.get(
    READY_PATH,
    { schema: schemaOf('ready', 'The store works, database included') },
    async () => {
      const failing = [...lifecycleProblems(lifecycle), ...(await ready())];
      if (failing.length > 0) throw new NotReady(undefined, { errors: failing });
      return ok();
    },
  );
}

function ok(): Static<typeof Health> {
  return { status: 'ok' };
}

function schemaOf(operationId: string, summary: string) {
  return {
    operationId,
    summary,
    tags: ['operators'],
    response: { 200: answer(Health, 'Yes') },
    problems: [NotReady],
  };
}

function lifecycleProblems({ started, draining }: Lifecycle): FailingMember[] {
  if (draining) return [{ pointer: '/draining', detail: 'the process is shutting down' }];
  if (!started) return [{ pointer: '/started', detail: 'the process is starting' }];
  return [];
}

/** Many who ask share one question to the database a second, so that probes cannot pile up. */
function readiness(db: Database, lifecycle: Lifecycle): () => Promise<FailingMember[]> {
  let checked = { at: -Infinity, result: Promise.resolve<FailingMember[]>([]) };
  return () => {
    if (lifecycle.draining) return Promise.resolve([]);
    if (performance.now() - checked.at > KEPT) {
      checked = { at: performance.now(), result: check(db) };
    }
    return checked.result;
  };
}

async function check(db: Database): Promise<FailingMember[]> {
  const patience = Promise.withResolvers<never>();
  const timer = setTimeout(() => patience.reject(new Error('no answer')), PATIENCE);
  try {
    const mismatch = await Promise.race([schemaMismatch(db.read), patience.promise]);
    return mismatch === undefined ? [] : [{ pointer: '/schema', detail: mismatch }];
  } catch {
    return [{ pointer: '/database', detail: `the database does not answer in ${PATIENCE} ms` }];
  } finally {
    clearTimeout(timer);
  }
}
