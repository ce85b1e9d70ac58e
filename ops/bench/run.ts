/** One run of the benchmark, from an empty machine to its results; what it opened is closed again. */
import type { Progress, Say } from '../deployment/progress.ts';
import type { Home } from '../loopback/home.ts';
import { type Compared, compareWithPeers } from './comparison.ts';
import { watchGarbage } from './garbage.ts';
import { type Generator, startGenerator } from './generator.ts';
import type { Ground } from './ground.ts';
import { measureGrowth } from './growth.ts';
import { describeMachine } from './machine.ts';
import { pickShop } from './operations.ts';
import { installPeers } from './peers/peers.ts';
import { findPgbench } from './pgbench.ts';
import type { Results, Tools } from './results.ts';
import type { Scale } from './scale.ts';
import { openShop } from './shop-home.ts';
import { timeStarts } from './starts.ts';
import { findWrk } from './wrk.ts';

interface Order {
  readonly scale: Scale;
  readonly growth: boolean;
  /** As it was typed, for the report. */
  readonly command: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** @throws Interrupted, Refusal, and Error when a server does not start or answers something else */
export async function runBenchmark(order: Order): Promise<Results> {
  const { progress, scale, signal } = order;
  await progress.step('the peers', installPeers);
  let home: Home | undefined;
  let generator: Generator | undefined;
  try {
    const { products } = scale.stock;
    const title = `a database with ${products.toLocaleString('en')} products`;
    home = await progress.step(title, () => openShop(scale.stock));
    generator = startGenerator();
    const shop = pickShop(scale.stock, home.issuer);
    return await measureEverything(order, { home, generator, shop, scale, signal });
  } catch (error) {
    // What a Ctrl-C ended fails with many words, none of which matter.
    signal.throwIfAborted();
    throw error;
  } finally {
    await generator?.close();
    await home?.close();
  }
}

async function measureEverything(
  { command, growth, progress }: Order,
  ground: Omit<Ground, 'say'>,
): Promise<Results> {
  const began = new Date();
  const tools = await findTools(progress);
  const step = <Result>(title: string, work: (all: Ground) => Promise<Result>) =>
    // What comes back is for the report, not for the line that ends the step.
    progress.step(title, async (say: Say) => ({ found: await work({ ...ground, say }) }));
  const compared = await step('the comparison', (all) => compareWithPeers(all, tools));
  const garbage = await step('garbage collection', watchGarbage);
  const starts = await step('starts', timeStarts);
  const grown = growth ? await step('growth', measureGrowth) : undefined;
  return {
    ...(compared.found satisfies Compared),
    date: began,
    command,
    minutes: (Date.now() - began.getTime()) / 60_000,
    scale: ground.scale,
    machine: await describeMachine(ground.home, tools),
    garbage: garbage.found,
    starts: starts.found,
    ...(grown !== undefined && { growth: grown.found }),
  };
}

async function findTools(progress: Progress): Promise<Tools> {
  const [pgbench, wrk] = await Promise.all([findPgbench(), findWrk()]);
  if (pgbench === undefined) {
    progress.line(
      'pgbench is not installed: the limit is not measured (apt-get install postgresql)',
    );
  }
  return { pgbench, wrk };
}
