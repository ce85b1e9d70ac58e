/** With --from: this version takes the place of the earlier one, which serves meanwhile. */
import assert from 'node:assert/strict';
import type { Say } from '../../deployment/progress.ts';
import { readDigest } from '../../running/digest.ts';
import { untilAllServe } from '../all-serve.ts';
import type { Command } from '../commands.ts';
import { countCreated } from '../created.ts';
import { everyday } from '../everyday.ts';
import { assertKept, takeStock } from '../from-kept.ts';
import { asTable, lossesIn, type PlannedStack, rowsOf } from '../from-plans.ts';
import type { Ground } from '../ground.ts';
import type { Home } from '../home.ts';
import { passIntegrationTests } from '../integration-tests.ts';
import { noneFailed } from '../none-failed.ts';
import type { Run } from '../run.ts';
import type { Stage } from '../stage.ts';
import { appliedIn } from '../applied.ts';
import { letPipelinesIn } from './bootstrap.ts';

const STEP = 'upgrade';

/** Seconds: a change of the network or the database takes its time. */
const PATIENCE = { bootstrap: 240, release: 720, rollback: 300 };

interface Scene {
  readonly home: Home;
  readonly say: Say;
  readonly stage: Stage;
  /** Of each stack, against what the earlier version has made. */
  readonly ahead: Promise<readonly PlannedStack[]>;
  /** Is told the name of each stack that is as this version says; of none in the end. */
  readonly applied: (stack?: string) => void;
  /** When all of them are planned again. */
  readonly plannedAgain: Promise<unknown>;
}

export async function upgrade(run: Run, ground: Ground, scene: Scene): Promise<void> {
  const { checks, notes } = run;
  const { environment } = ground.stacks;
  const { home, say, stage, applied, plannedAgain } = scene;
  say('what would change');
  if (!(await keepsAll(run, ground, scene))) return;
  const [before, digest] = await Promise.all([takeStock(ground, home), readDigest(environment)]);
  await bringAccount(run, ground, scene);
  if (checks.failed(STEP) > 0) return;
  const contracts = await release(run, ground, scene);
  applied();
  if (checks.failed(STEP) > 0) return;
  await untilAllServe(run, ground, STEP);
  await countCreated(ground, notes.created);
  await checks.keep(
    STEP,
    'what holds data is what it was, and so are orders and products',
    async () => assertKept(before, await takeStock(ground, home)),
  );
  if (run.options.traffic) {
    await passIntegrationTests(run, ground, { home, step: STEP, whose: undefined, say });
  }
  await everyday(run, { name: environment.name, step: STEP, say });
  // The way back changes what they look at.
  await plannedAgain;
  const upgraded = await readDigest(environment);
  if (upgraded !== undefined) stage.upgraded = upgraded;
  await goBack(run, ground, { home, say, contracts, digest });
}

/** Whether nothing would be lost; shows what would be done. */
async function keepsAll({ checks, notes, progress }: Run, ground: Ground, scene: Scene) {
  const { leftBehind = [], name = '' } = ground.earlier ?? {};
  return checks.keep(
    STEP,
    'nothing that holds data, serves, or is known elsewhere would be made anew or destroyed',
    async () => {
      notes.planned = await scene.ahead;
      progress.line(`\n${asTable(rowsOf(notes.planned))}\n`);
      const losses = [
        ...notes.planned.flatMap((planned) => lossesIn(planned)),
        ...leftBehind.map(
          (stack) =>
            `${stack}: no stack has that name any more, and ${name} left its resources there`,
        ),
      ];
      if (losses.length > 0) throw new Error(`${losses.join('\n')}\n${WHAT_TO_DO}`);
    },
  );
}

const WHAT_TO_DO =
  'Nothing was applied. What only has another name or parent is moved by a line in stacks/moves.ts; what shall go is accepted by one in ops/rehearse/from-accepted.ts';

/** As before a release after a change of what the account has once. */
async function bringAccount(
  run: Run,
  ground: Ground,
  { home, say, applied }: Scene,
): Promise<void> {
  const { environment, ofAccount } = ground.stacks;
  say('the bootstrap');
  const name = 'bootstrap brings state and registry to this version';
  await noneFailed(run, home, { step: STEP, name }, async () => {
    await run.commands.run({
      log: `${STEP}-bootstrap`,
      args: [process.execPath, 'ops/bootstrap.ts', environment.name, '--yes'],
      limit: PATIENCE.bootstrap,
      say,
    });
    await letPipelinesIn(run, ground);
  });
  for (const stack of ofAccount) applied(stack);
}

/** @returns whether a migration took away what the earlier version needs */
async function release(run: Run, ground: Ground, { home, say, applied }: Scene): Promise<boolean> {
  const { environment, ofEnvironment } = ground.stacks;
  const { first = '' } = (await ground.images) ?? {};
  let contracts = false;
  const command = (...more: readonly string[]): Command => ({
    log: `${STEP}-release`,
    args: [
      process.execPath,
      'ops/release.ts',
      environment.name,
      '--yes',
      '--image',
      first,
      ...more,
    ],
    limit: PATIENCE.release,
    say,
    onLine: (line) => {
      const stack = appliedIn(line, ofEnvironment);
      if (stack !== undefined) applied(stack);
    },
  });
  say('the release');
  const name = 'release brings this version, with its stacks and migrations';
  await noneFailed(run, home, { step: STEP, name }, async () => {
    const ended = await run.commands.end(command());
    contracts = ended.code !== 0 && /--contract\b/.test(ended.output);
    if (contracts) await run.commands.run(command('--contract'));
    else assert.equal(ended.code, 0, run.commands.story(command(), ended));
  });
  return contracts;
}

interface WayBack {
  readonly home: Home;
  readonly say: Say;
  readonly contracts: boolean;
  /** Of the earlier image. */
  readonly digest: string | undefined;
}

async function goBack(
  run: Run,
  ground: Ground,
  { home, say, contracts, digest }: WayBack,
): Promise<void> {
  const { environment } = ground.stacks;
  const command: Command = {
    log: `${STEP}-rollback`,
    args: [process.execPath, 'ops/rollback.ts', environment.name, '--yes'],
    limit: PATIENCE.rollback,
    say,
  };
  say('the way back');
  if (contracts) {
    await run.checks.keep(
      STEP,
      'rollback refuses the earlier image, whose schema is gone',
      async () => {
        const ended = await run.commands.end(command);
        assert.equal(ended.code, 1, run.commands.story(command, ended));
        assert.match(ended.output, /the schema needs build/);
      },
    );
    return;
  }
  const name = 'rollback brings the earlier image back, on what this version has made';
  await noneFailed(run, home, { step: STEP, name }, async () => {
    await run.commands.run(command);
    assert.equal(await readDigest(environment), digest, 'another image than before is recorded');
  });
  await untilAllServe(run, ground, STEP);
}
