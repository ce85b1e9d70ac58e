/** What becomes of the figures with ten times the rows, ten times the connections, more processes. */
import type { Ground } from './ground.ts';
import { measure } from './measure.ts';
import { pickShop, type Shop } from './operations.ts';
import { explainStatements, type StatementPlan } from './plans.ts';
import { type Measured, measureAll, type Variant } from './rounds.ts';
import { type Stock, times } from './scale.ts';
import { type Server, startStore } from './servers.ts';
import { openShop } from './shop-home.ts';

export interface Growth {
  /** Rows of the larger database. */
  readonly stock: Stock;
  readonly rows: readonly Measured[];
  readonly plans: readonly StatementPlan[];
  readonly connections: readonly Measured[];
  readonly processes: readonly Measured[];
}

const FACTOR = 10;
const PROCESSES = 4;
/** Fewer than of the comparison: nothing here has a goal that a percent decides. */
const MOST_ROUNDS = 3;

/** Of the store alone; each question is measured in turns with the same as before. */
export async function measureGrowth(ground: Ground): Promise<Growth> {
  const stock = times(FACTOR, ground.scale.stock);
  const store = await startStore(ground.home);
  try {
    const { rows, plans } = await compareRows(ground, store, stock);
    const connections = await compareConnections(ground, store);
    return { stock, rows, plans, connections, processes: await compareProcesses(ground) };
  } finally {
    await store.close();
  }
}

async function compareRows(ground: Ground, store: Server, stock: Stock) {
  const { say, shop } = ground;
  say(`${stock.products.toLocaleString('en')} products are made`);
  const home = await openShop(stock);
  const close: (() => Promise<void>)[] = [() => home.close()];
  try {
    const grown = await startStore(home);
    close.unshift(() => grown.close());
    const grownShop = pickShop(stock, home.issuer);
    const rows = await compare(ground, [
      { id: 'rows-1', name: rowsOf(ground.scale.stock), server: store, shop },
      { id: 'rows-10', name: rowsOf(stock), server: grown, shop: grownShop },
    ]);
    return { rows, plans: await explainStatements(home.databaseUrl) };
  } finally {
    for (const end of close) await end();
  }
}

function rowsOf({ products }: Stock): string {
  return `${products.toLocaleString('en')} products`;
}

function compareConnections(ground: Ground, server: Server): Promise<Measured[]> {
  const { connections } = ground.scale.load;
  return compare(
    ground,
    [connections, connections * FACTOR].map((count) => ({
      id: `connections-${count}`,
      name: `${count} connections`,
      server,
      connections: count,
    })),
  );
}

async function compareProcesses(ground: Ground): Promise<Measured[]> {
  const all = await startStore(ground.home, { processes: PROCESSES });
  try {
    const counts = Array.from({ length: PROCESSES }, (_, index) => index + 1);
    return await compare(
      ground,
      counts.map((count) => ({
        id: `processes-${count}`,
        name: count === 1 ? '1 process' : `${count} processes`,
        server: firstOf(all, count),
      })),
    );
  } finally {
    await all.close();
  }
}

function firstOf(all: Server, count: number): Server {
  const { urls, pids, logFiles } = all;
  return {
    ...all,
    urls: urls.slice(0, count),
    pids: pids.slice(0, count),
    logFiles: logFiles.slice(0, count),
  };
}

interface Case extends Pick<Variant, 'id' | 'name'> {
  readonly server: Server;
  /** @default that of the ground */
  readonly shop?: Shop;
  /** @default those of the scale */
  readonly connections?: number;
}

function compare(ground: Ground, cases: readonly Case[]): Promise<Measured[]> {
  const { generator, scale } = ground;
  const rounds = Math.min(scale.rounds, MOST_ROUNDS);
  return measureAll(ground, rounds, ({ requests }) =>
    cases.map(({ id, name, server, ...given }) => {
      const { shop = ground.shop, connections = scale.load.connections } = given;
      const load = { ...scale.load, connections, requests: requests(shop) };
      return { id, name, measure: () => measure(server, generator, load) };
    }),
  );
}
