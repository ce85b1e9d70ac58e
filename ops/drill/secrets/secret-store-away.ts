/** Nobody can read the login any more, first while it is good, then right after it was changed. */
import { setTimeout as pause } from 'node:timers/promises';
import { loadRotationConfig } from '../../../service/config.ts';
import { secretsManager } from '../../../service/database/secret-store.ts';
import { createLogger } from '../../../service/observability/logger.ts';
import { rotate } from '../../../service/rotate.ts';
import type { Absence } from '../../../service/testing/aws-stand-in.ts';
import { wrongInBooks } from '../../loopback/books.ts';
import { PATIENT } from '../../loopback/service.ts';
import { startVisitors, type Visit, type Visitors } from '../../loopback/visitors.ts';
import { isRefusal } from '../../loopback/refusals.ts';
import { aboutEvery, whileSessionsBreak } from '../../loopback/sessions.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { counted, failures, isGood, isOrderToRepeat, slowest, type Visited } from '../visits.ts';
import { inScene, type Scene } from '../scene.ts';

export const secretStoreAway: Drill = {
  name: 'secret-store-away',
  breaks: 'Secrets Manager errs, refuses or is silent while all connections break',
  promise:
    'no read fails while the login that was read is good; right after a rotation 503 with Retry-After until the secret can be read',
  seconds: 240,
  run: (ground) => inScene((scene) => beWithout(scene, ground)),
};

const ABSENCES: readonly Absence[] = ['erring', 'refusing', 'silent'];

/** Seconds that the store is away each time. */
const AWAY = { full: 10, small: 1 };

/** Milliseconds. */
const BETWEEN_BREAKS = 500;

/** Seconds that a request may wait for an answer, good or not. */
const PATIENCE = 15;

/** Seconds within which all must be well after the store came back: the SDK has to ask again. */
const RECOVERY = 10;

/** Good answers one after the other that make a service well again. */
const ENOUGH = 50;

async function beWithout(scene: Scene, ground: Ground): Promise<Outcome> {
  const { home, products } = scene;
  const { signal, size } = ground;
  const service = await scene.start({ variables: PATIENT });
  const visitors = startVisitors({ home, url: service.url, products, signal });
  const setting = { scene, visitors, signal, seconds: AWAY[size] };
  const outcomes: Outcome[] = [];
  try {
    for (const how of ABSENCES) {
      ground.say(`the store is ${how}, the login is good`);
      outcomes.push(await awayWithGoodLogin(how, setting));
      ground.say(`the store is ${how} right after a rotation`);
      outcomes.push(await awayAfterRotation(how, setting));
    }
  } finally {
    await visitors.leave();
  }
  const tooSlow = visitors.visits.filter(({ milliseconds }) => milliseconds > PATIENCE * 1000);
  return {
    figures: [
      ['requests', counted(visitors.visits.length)],
      ...outcomes.flatMap(({ figures }) => figures),
      ['slowest answer', slowest(visitors.visits)],
    ],
    broken: [
      ...(tooSlow.length > 0 ? [`${tooSlow.length} requests waited more than ${PATIENCE} s`] : []),
      ...outcomes.flatMap(({ broken }) => broken),
      ...(await wrongInBooks(home.databaseUrl, visitors)),
    ],
  };
}

interface Setting {
  readonly scene: Scene;
  readonly visitors: Visitors;
  readonly signal: AbortSignal;
  readonly seconds: number;
}

async function awayWithGoodLogin(how: Absence, setting: Setting): Promise<Outcome> {
  const { scene, visitors, signal, seconds } = setting;
  const { aws } = scene.home;
  const since = mark(visitors);
  aws.goAway(how);
  const cut = await whileSessionsBreak(scene.home.databaseUrl, aboutEvery(BETWEEN_BREAKS), () =>
    pause(seconds * 1000, undefined, { signal }),
  ).finally(() => aws.comeBack());
  const met = since();
  const broken = failures(met, isOrderToRepeat);
  return {
    figures: [[`${how}: connections broken off`, counted(cut)]],
    broken: broken.map((what) => `${how}, with a login that was good: ${what}`),
  };
}

/** The old password is dead already, and the service has not met the new one. */
async function awayAfterRotation(how: Absence, setting: Setting): Promise<Outcome> {
  const { scene, visitors, signal, seconds } = setting;
  const { aws, ownerVariables } = scene.home;
  const config = { ...loadRotationConfig(ownerVariables), graceSeconds: 0 };
  await rotate(config, secretsManager(), createLogger('silent'));
  const since = mark(visitors);
  aws.goAway(how);
  await whileSessionsBreak(scene.home.databaseUrl, aboutEvery(seconds * 2000), async () => {
    await pause(seconds * 1000, undefined, { signal });
    await untilRefused(() => since().visits, signal);
  }).finally(() => aws.comeBack());
  const back = performance.now();
  const isBack = await untilWell(visitors, back, signal);
  const { visits, cuts } = since();
  const refused = visits.filter(isMissed);
  const name = `${how} after a rotation`;
  return {
    figures: [
      [`${name}: reads refused`, counted(refused.length)],
      [`${name}: all well`, `${((performance.now() - back) / 1000).toFixed(1)} s after the return`],
    ],
    broken: [
      ...failures({ visits, cuts }, isExcused).map((what) => `${name}: ${what}`),
      ...(refused.length > 0 ? [] : [`${name}: nobody missed the secret`]),
      ...(isBack ? [] : [`${name}: not well ${RECOVERY} s after the return`]),
    ],
  };
}

/** Seconds in which a service that cannot log in says so; the SDK asks three times before. */
const NOTICE = 10;

/** A read is refused for no other reason; an order also when only its connection broke. */
function isMissed(visit: Visit): boolean {
  return isRefusal(visit) && visit.operation !== 'order';
}

async function untilRefused(visits: () => readonly Visit[], signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + NOTICE * 1000;
  while (!visits().some(isMissed) && performance.now() < deadline) {
    await pause(20, undefined, { signal });
  }
}

function isExcused(visit: Visit): boolean {
  return isRefusal(visit) || isOrderToRepeat(visit);
}

/** Until the visitors have had nothing but good answers for a while. */
async function untilWell(
  { visits }: Visitors,
  from: number,
  signal: AbortSignal,
): Promise<boolean> {
  while (performance.now() < from + RECOVERY * 1000) {
    const latest = visits.slice(-ENOUGH);
    if (latest.length === ENOUGH && latest.every((visit) => isGood(visit) && visit.at > from)) {
      return true;
    }
    await pause(20, undefined, { signal });
  }
  return false;
}

/** @returns what visitors met since then */
function mark({ visits, cuts }: Visitors): () => Visited {
  const before = { visits: visits.length, cuts: cuts.length };
  return () => ({ visits: visits.slice(before.visits), cuts: cuts.slice(before.cuts) });
}
