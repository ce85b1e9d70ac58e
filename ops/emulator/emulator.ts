/** An emulated AWS on this machine: MiniStack, on a port of its own, with nothing in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../service/embedded-postgres/free-port.ts';
import { type ContainerNetwork, forgetImages, removeContainers } from './containers/network.ts';
import { installedPython } from './installation.ts';
import { settings } from './settings.ts';

/** Milliseconds: until it must answer (it took 400), between two questions, until it is killed. */
const READY_WITHIN = 30_000;
const PAUSE = 50;
const STOPPED_WITHIN = 5000;

/** Lines of its log that say what it died of. */
const LAST_LINES = 20;

export interface EmulatorOptions {
  /** Twelve digits; who comes with other credentials than `environment`'s may be in another. */
  readonly accountId: string;
  readonly region: string;
  /** Without our gap fillers and without containers: what it lacks by itself. @default false */
  readonly plain?: boolean;
  /** Real containers, in this network only. @default none: databases and tasks are records only */
  readonly containers?: ContainerNetwork;
  /** Whether policies of IAM are enforced; root's keys may do everything. @default false */
  readonly authenticated?: boolean;
  /** Folder of its log, which exists and is left there. @default a temporary one, removed by stop() */
  readonly folder?: string;
}

export interface Emulator {
  readonly endpoint: string;
  /** What AWS's clients and Terraform need to talk to it, and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
  /** What happened, should it end without being asked to; otherwise it stays pending. */
  readonly crashed: Promise<string>;
  readonly logFile: string;
  /** Ends it; everything in it is gone, its containers too. The network is left. */
  readonly stop: () => Promise<void>;
}

/** @throws NoEmulator when there can be none on this machine, Error with its log when it fails */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { accountId, region, containers } = options;
  const python = await installedPython();
  const port = await freePort();
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'emulator-')));
  const logFile = join(folder, 'emulator.log');
  const child = await started(python, logFile, await settings(options, port, folder));
  let isStopping = false;
  const stop = async () => {
    isStopping = true;
    await end(child);
    if (containers !== undefined) {
      await removeContainers(containers.name);
      await forgetImages(`127.0.0.1:${port}`);
    }
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  const crashed = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!isStopping) void lastWords(logFile, signal ?? code).then(resolve);
    });
  });

  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await answering(`${endpoint}/_ministack/health`, child);
  } catch (error) {
    const written = await readFile(logFile, 'utf8').catch(() => '');
    await stop();
    throw new Error(`the emulated AWS: ${(error as Error).message}\n${written}`, { cause: error });
  }
  const environment = environmentOf(endpoint, accountId, region);
  return { endpoint, environment, pid: child.pid ?? 0, crashed, logFile, stop };
}

/** Credentials for an account of it: twelve digits as the key are that account's root. */
export function credentialsOf(accountId: string): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: accountId,
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_SESSION_TOKEN: '',
  };
}

function environmentOf(endpoint: string, accountId: string, region: string) {
  return {
    // An address, not a name: then S3 puts the bucket into the path.
    AWS_ENDPOINT_URL: endpoint,
    ...credentialsOf(accountId),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // Nothing of the person at the machine.
    AWS_PROFILE: '',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

async function started(python: string, logFile: string, env: NodeJS.ProcessEnv) {
  const log = await open(logFile, 'a');
  const child = spawn(python, [join(import.meta.dirname, 'run.py')], {
    // Away from the project: it writes where it is started, and needs nothing of ours.
    cwd: join(logFile, '..'),
    env,
    // A Ctrl-C is for us, and we stop it when we are done; if we die, its input ends.
    detached: true,
    stdio: ['pipe', log.fd, log.fd],
  });
  try {
    await once(child, 'spawn');
  } finally {
    await log.close();
  }
  return child;
}

async function lastWords(logFile: string, how: string | number | null): Promise<string> {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  const lines = log.trimEnd().split('\n').slice(-LAST_LINES);
  return `the emulated AWS ended by itself with ${how}\n${lines.join('\n')}`;
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN;
  while (performance.now() < deadline) {
    const how = child.exitCode ?? child.signalCode;
    if (how !== null) throw new Error(`it ended with ${how}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(PAUSE * 20) }).catch(() => null);
    if (answer?.ok === true) return;
    await pause(PAUSE);
  }
  throw new Error(`no answer within ${READY_WITHIN / 1000} s`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN);
  await ended;
  clearTimeout(late);
}
