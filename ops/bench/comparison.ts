/** The comparison itself: this store, its peers and the limit, in turns on one database. */
import { Refusal } from '../deployment/refusal.ts';
import type { Ground } from './ground.ts';
import { measure } from './measure.ts';
import type { Operation } from './operations.ts';
import { PEERS } from './peers/peers.ts';
import { type Pgbench, runPgbench } from './pgbench.ts';
import { LIMIT, SILENT, STORE, type Tools, WIDE_LIMIT } from './results.ts';
import { type Measured, measureAll, type Variant } from './rounds.ts';
import { checkSameAnswers } from './same-answers.ts';
import { loginUrl, type Server, startPeer, startStore } from './servers.ts';
import { runWrk } from './wrk.ts';

export interface Compared {
  readonly measured: readonly Measured[];
  readonly byWrk?: readonly Measured[];
}

/** Of the other generator: it is only there to see whether it agrees. */
const WRK_ROUNDS = 2;

/** pgbench counts the time that its clients need to connect. */
const LEAST_SECONDS = 2;

/** @throws Refusal when the peers answer something else than the store */
export async function compareWithPeers(ground: Ground, tools: Tools): Promise<Compared> {
  const servers: Server[] = [];
  try {
    await startAll(ground, servers);
    ground.say('the same questions to all of them');
    await checkAnswers(ground, servers).catch((error: Error) => {
      throw new Refusal(`void, for not all answer the same:\n${error.message}`);
    });
    const measured = await measureAll(ground, ground.scale.rounds, (operation) => [
      ...servers.map((server) => inTurn(ground, server, operation)),
      ...limits(ground, tools.pgbench, operation),
    ]);
    if (tools.wrk === undefined) return { measured };
    const byWrk = await measureAll(ground, WRK_ROUNDS, (operation) =>
      servers.map((server) => byOtherGenerator(ground, server, operation)),
    );
    return { measured, byWrk };
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

/** One by one; all of them stay, and those that are not asked are idle. */
async function startAll({ home, say }: Ground, servers: Server[]): Promise<void> {
  say('starting all of them');
  servers.push(await startStore(home));
  const silent = await startStore(home, { variables: { LOG_LEVEL: 'silent' } });
  servers.push({ ...silent, ...SILENT });
  for (const peer of PEERS) servers.push(await startPeer(home, peer));
}

function checkAnswers({ home }: Ground, servers: readonly Server[]): Promise<void> {
  const [store, ...others] = servers.map(({ name, urls }) => ({ name, url: urls[0] ?? '' }));
  return checkSameAnswers(store ?? { ...STORE, url: '' }, others, {
    databaseUrl: home.databaseUrl,
    authorization: (sub) => home.issuer.authorization(sub),
  });
}

function inTurn(ground: Ground, server: Server, { requests }: Operation): Variant {
  const { generator, scale, shop } = ground;
  const load = { ...scale.load, requests: requests(shop) };
  const { id, name } = server;
  return { id, name, measure: () => measure(server, generator, load) };
}

function byOtherGenerator(ground: Ground, server: Server, { requests }: Operation): Variant {
  const { home, scale, shop } = ground;
  const { id, name, urls } = server;
  const job = { ...scale.load, urls, requests: requests(shop) };
  return { id, name, measure: () => runWrk(home.folder, job) };
}

function limits(
  { home, scale }: Ground,
  pgbench: Pgbench | undefined,
  operation: Operation,
): Variant[] {
  if (pgbench === undefined) return [];
  const seconds = Math.max(LEAST_SECONDS, Math.ceil(scale.load.measured / 1000));
  const wanted = scale.name === 'full' ? [LIMIT, WIDE_LIMIT] : [LIMIT];
  return wanted.map(({ id, name, clients }) => {
    const load = { databaseUrl: loginUrl(home), stock: scale.stock, clients, seconds };
    return { id, name, measure: () => runPgbench(pgbench, operation, load) };
  });
}
