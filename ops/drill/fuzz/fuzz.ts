/** Thousands of requests, valid and not, each answer held against the API document. */
import { randomInt } from 'node:crypto';
import { LIVE_PATH } from '../../../contract.ts';
import { type Home, openHome } from '../../loopback/home.ts';
import { type Service, startService } from '../../loopback/service.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { wrongInLedger } from '../../loopback/ledger.ts';
import { faultsInLog } from '../server-log.ts';
import { operations } from './document.ts';
import { openSender } from './opening.ts';
import type { Sender } from './send.ts';
import { Tally } from './tally.ts';
import { tryBatch } from './trial.ts';

export const fuzz: Drill = {
  name: 'fuzz',
  breaks: 'requests: 20,000 generated ones, valid, nearly valid and hostile',
  promise: 'no server error, nothing accepted that the API document refuses, every answer is in it',
  seconds: 900,
  run,
};

const REQUESTS = { full: 20_000, small: 300 };

/** What a change of something else runs into should not be found by chance. */
const SMALL_SEED = 1;

/** Requests between two looks at the clock; a batch with a failure ends with the smallest one. */
const BATCH = 100;

/** Failures after which more would tell nothing. */
const ENOUGH = 5;

async function run(ground: Ground): Promise<Outcome> {
  const home = await openHome();
  try {
    const service = await startService(home);
    try {
      return await generate({ home, service }, ground);
    } finally {
      await service.stop();
    }
  } finally {
    await home.close();
  }
}

interface Opened {
  readonly home: Home;
  readonly service: Service;
}

async function generate({ home, service }: Opened, ground: Ground): Promise<Outcome> {
  const seed = Number(
    process.env['DRILL_SEED'] ?? (ground.size === 'full' ? randomInt(2 ** 31) : SMALL_SEED),
  );
  const sender = await openSender(home, service.url);
  const tally = new Tally();
  try {
    const failures = await sendAll(sender, tally, { seed, ground });
    const broken = [...failures, ...(await wrongAfterwards({ home, service }, tally))];
    if (ground.size === 'full') broken.push(...tooLittle(tally));
    return { figures: [['seed', String(seed)], ...tally.figures()], broken };
  } finally {
    sender.client.destroy();
  }
}

async function sendAll(
  sender: Sender,
  tally: Tally,
  { seed, ground: { size, say, signal } }: { seed: number; ground: Ground },
): Promise<string[]> {
  const failures: string[] = [];
  for (let done = 0; done < REQUESTS[size] && failures.length < ENOUGH; done += BATCH) {
    signal.throwIfAborted();
    const failure = await tryBatch(sender, tally, { seed: seed + done, count: BATCH });
    if (failure !== undefined) failures.push(failure);
    if (done % (10 * BATCH) === 0) say(`${done} requests, seed ${seed}`);
  }
  return failures;
}

async function wrongAfterwards({ home, service }: Opened, { validShare }: Tally) {
  const wrong = [
    ...(await wrongInLedger(home.databaseUrl)),
    ...(await faultsInLog(service.logFile)),
  ];
  const { ok } = await fetch(`${service.url}${LIVE_PATH}`).catch(() => ({ ok: false }));
  if (!ok || service.child.exitCode !== null) wrong.push('the process did not live through it');
  if (validShare < 0.5) {
    wrong.push(`only ${Math.round(validShare * 100)} % of the valid requests succeeded`);
  }
  return wrong;
}

/** Not in the small form: it does not come to everything, and other tests keep the machine busy. */
function tooLittle(tally: Tally): string[] {
  const never = operations.filter(({ name }) => !tally.hasSucceeded(name));
  return [
    ...never.map(({ name }) => `no request of ${name} succeeded`),
    ...(tally.unavailable > 0 ? [`${tally.unavailable} were answered 503, and all was well`] : []),
  ];
}
