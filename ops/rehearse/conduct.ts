/** Conducts one rehearsal from its first line to its last: begins it, ends it, reports it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { duration, Progress } from '../deployment/progress.ts';
import { INJECTED } from '../emulator/containers/injected.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { Checks } from './checks.ts';
import { removeAll } from './clean.ts';
import { Commands } from './commands.ts';
import { environmentFile } from './environment-file.ts';
import { EmulatorCrashed } from './ground.ts';
import { gapFillers } from './inventory.ts';
import { judgeCalls, learnNames } from './least-privilege.ts';
import { watchMemory } from './memory.ts';
import { NOT_PROVED } from './not-proved.ts';
import { MARK } from './processes.ts';
import { rehearse } from './rehearsal.ts';
import { type Report, toMarkdown } from './report.ts';
import { RunFolder } from './run-folder.ts';
import type { Options, Run } from './run.ts';
import type { Stage } from './stage.ts';
import { Steps } from './steps.ts';
import { forgetPerson, rememberVariables, setVariables } from './surroundings.ts';

/** Milliseconds: one Ctrl-C comes as two signals, from the terminal and passed on by npm. */
const SAME_KEY = 500;

/** @returns whether everything held. @throws Interrupted, EmulatorCrashed, Refusal */
export async function conduct(options: Options): Promise<boolean> {
  const ending = new AbortController();
  const stopListening = listen(ending);
  const restore = rememberVariables();
  forgetPerson();
  try {
    return await conducted(begin(options, ending.signal), ending);
  } finally {
    restore();
    stopListening();
  }
}

async function conducted(run: Run, ending: AbortController): Promise<boolean> {
  const steps = new Steps(run);
  const stage: Stage = {};
  const since = performance.now();
  const memory = watchMemory(run.folder.record);
  let ended: string | undefined;
  try {
    await rehearse({ run, steps, stage }, (crash) => ending.abort(crash));
    await judgeUnlessDone(run, stage);
    if (run.options.keep) await stay(run, stage);
  } catch (error) {
    ended = (error as Error).message;
    run.checks.fail('the whole', 'the rehearsal comes to its end', error);
    throw error;
  } finally {
    await finish(run, stage);
    memory.stop();
    const seconds = (performance.now() - since) / 1000;
    await publish(run, summarise(run, steps, { seconds, ended, memory: memory.peak() }));
  }
  return run.checks.failed() === 0;
}

function begin(options: Options, signal: AbortSignal): Run {
  const folder = RunFolder.open();
  const progress = new Progress();
  setVariables({ [MARK]: folder.id });
  progress.line(`rehearsal of ${options.environment}, in ${folder.path}`);
  return {
    options,
    folder,
    progress,
    signal,
    commands: new Commands(folder, signal),
    checks: new Checks(signal, (text) => progress.line(text)),
    notes: {
      versions: {},
      overrides: [],
      drift: [],
      created: {},
      load: new Map(),
      excused: new Set(),
      unused: [],
      leftOut: [],
    },
  };
}

/** The first signal ends the work; a later one ends the cleaning up too. @returns what ends this */
function listen(ending: AbortController): () => void {
  let first: number | undefined;
  const hear = (signal: NodeJS.Signals) => {
    first ??= performance.now();
    if (performance.now() - first > SAME_KEY) process.exit(130);
    ending.abort(new Interrupted(`stopped by ${signal}`));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, hear);
  return () => {
    for (const signal of signals) process.off(signal, hear);
  };
}

/** The end of the take-down does it, where there is one. */
async function judgeUnlessDone(run: Run, { ground }: Stage): Promise<void> {
  if (ground === undefined || run.notes.unused.length > 0) return;
  await judgeCalls(run, ground, await learnNames(ground));
}

/** Until somebody sends a signal. @throws EmulatorCrashed */
async function stay({ progress, signal, folder }: Run, { ground, home }: Stage): Promise<void> {
  const file = join(folder.path, 'environment');
  await writeFile(file, environmentFile(process.env), { mode: 0o600 });
  progress.line(`
All of it stays up until Ctrl-C. In another shell, with keys that last for an hour from the bootstrap:
  source ${file}
  the emulated AWS: ${ground?.endpoint ?? 'none'}
  the store: ${home?.url ?? 'nobody is at home'}`);
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }
  if (signal.reason instanceof EmulatorCrashed) throw signal.reason;
}

/** Nothing that it started is left, whatever came between. */
async function finish({ folder, progress, checks }: Run, { ground, home }: Stage): Promise<void> {
  // After a crash or a signal there is nobody left who could be asked to forget people.
  await home?.stop().catch(() => undefined);
  await ground?.stop().catch(() => undefined);
  try {
    await removeAll(folder.path, folder.record);
    folder.noteClean();
  } catch (error) {
    checks.fail('take-down', 'what the rehearsal started is taken away', error);
    progress.line('npm run rehearse -- clean tries it again');
  }
}

interface End {
  readonly seconds: number;
  readonly ended: string | undefined;
  /** Megabytes. */
  readonly memory: number | undefined;
}

function summarise(
  { options, folder, checks, notes, commands }: Run,
  steps: Steps,
  { seconds, ended, memory }: End,
): Report {
  const { environment } = options;
  const whole = notes.wholeLoad?.();
  return {
    id: folder.id,
    environment,
    command: `npm run rehearse -- ${process.argv.slice(2).join(' ')}`.trim(),
    began: new Date(Date.now() - seconds * 1000).toISOString(),
    seconds,
    ...(ended !== undefined && { ended }),
    ...(memory !== undefined && { peakMemory: memory }),
    steps: steps.results,
    checks: checks.results,
    load: Array.from(notes.load, ([step, { requests, failed }]) => ({ step, requests, failed })),
    requests: { sent: whole?.requests ?? 0, failed: whole?.failed.length ?? 0 },
    times: commands.times,
    created: notes.created,
    ...(options.from !== undefined && { from: options.from }),
    ...(notes.planned !== undefined && { planned: notes.planned }),
    overrides: notes.overrides,
    injected: INJECTED,
    drift: notes.drift,
    unused: notes.unused,
    leftOut: notes.leftOut,
    gapFillers: gapFillers(),
    notProved: NOT_PROVED,
    versions: notes.versions,
  };
}

async function publish({ folder, progress, checks, options }: Run, report: Report): Promise<void> {
  const json = JSON.stringify(report, null, 2);
  await writeFile(join(folder.path, 'report.md'), toMarkdown(report));
  await writeFile(join(folder.path, 'report.json'), json);
  if (options.json !== undefined) {
    await mkdir(dirname(options.json), { recursive: true });
    await writeFile(options.json, json);
  }
  const times = report.steps
    .filter(({ outcome }) => outcome !== 'skipped')
    .map(({ step, seconds }) => `${step} ${duration(seconds)}`);
  const { sent, failed } = report.requests;
  progress.line(`
${report.environment} in ${duration(report.seconds)}: ${times.join(', ')}
${sent} requests under load, ${failed} failed; not proved: ${report.notProved.length} things, see the report
report: ${join(folder.path, 'report.md')}
${checks.summary()}`);
}
