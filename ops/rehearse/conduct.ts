/** Conducts one rehearsal from its first line to its last: begins it, ends it, reports it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { duration, Progress } from '../deployment/progress.ts';
import { INJECTED } from '../emulator/containers/injected.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { Checks } from './checks.ts';
import { removeAll } from './clean.ts';
import { Commands } from './commands.ts';
import { MARK } from './processes.ts';
import { gapFillers } from './inventory.ts';
import { NOT_PROVED } from './not-proved.ts';
import { rehearse, type Stage } from './rehearsal.ts';
import { type Report, toMarkdown } from './report.ts';
import { RunFolder } from './run-folder.ts';
import type { Options, Run } from './run.ts';
import { Steps } from './steps.ts';
import { forgetPerson, setVariables } from './surroundings.ts';

/** Milliseconds: one Ctrl-C comes as two signals, from the terminal and passed on by npm. */
const SAME_KEY = 500;

/** @returns whether everything held. @throws Interrupted, EmulatorCrashed, Refusal */
export async function conduct(options: Options): Promise<boolean> {
  const ending = new AbortController();
  listen(ending);
  forgetPerson();
  const run = begin(options, ending.signal);
  const steps = new Steps(run);
  const stage: Stage = {};
  const since = performance.now();
  try {
    await rehearse({ run, steps, stage }, (crash) => ending.abort(crash));
    if (options.keep) await stay(run, stage);
  } finally {
    await finish(run, stage);
    const seconds = (performance.now() - since) / 1000;
    await publish(run, summarise(run, steps, seconds));
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
    notes: { versions: {}, overrides: [], drift: [], created: {}, load: new Map(), leftOut: [] },
  };
}

/** The first signal ends the work; a later one ends the cleaning up too. */
function listen(ending: AbortController): void {
  let first: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      first ??= performance.now();
      if (performance.now() - first > SAME_KEY) process.exit(130);
      ending.abort(new Interrupted(`stopped by ${signal}`));
    });
  }
}

/** Until somebody sends a signal, or the emulator ends. */
async function stay({ progress, signal, folder }: Run, { ground, home }: Stage): Promise<void> {
  progress.line(`
All of it stays up until Ctrl-C. In another shell:
  export $(cat ${join(folder.path, 'environment')})
  the emulated AWS: ${ground?.endpoint ?? 'none'}
  the store: ${home?.url ?? 'nobody is at home'}`);
  await writeFile(join(folder.path, 'environment'), variablesOf(process.env));
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }
}

function variablesOf(environment: NodeJS.ProcessEnv): string {
  const wanted = /^(AWS_|STORE_|NO_PROXY|HTTP_PROXY|NODE_USE_ENV_PROXY)/;
  return Object.entries(environment)
    .filter(([name, value]) => wanted.test(name) && value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${value ?? ''}\n`)
    .join('');
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

function summarise(
  { options, folder, checks, notes, commands }: Run,
  steps: Steps,
  seconds: number,
): Report {
  const { environment } = options;
  return {
    id: folder.id,
    environment,
    command: `npm run rehearse -- ${process.argv.slice(2).join(' ')}`.trim(),
    began: new Date(Date.now() - seconds * 1000).toISOString(),
    seconds,
    steps: steps.results,
    checks: checks.results,
    load: Array.from(notes.load, ([step, { requests, failed }]) => ({ step, requests, failed })),
    times: commands.times,
    created: notes.created,
    overrides: notes.overrides,
    injected: INJECTED,
    drift: notes.drift,
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
  const sent = report.load.reduce((sum, { requests }) => sum + requests, 0);
  const lost = report.load.reduce((sum, { failed }) => sum + failed.length, 0);
  progress.line(`
${report.environment} in ${duration(report.seconds)}: ${times.join(', ')}
${sent} requests under load, ${lost} failed; not proved: ${report.notProved.length} things, see the report
report: ${join(folder.path, 'report.md')}
${checks.summary()}`);
}
