/** An emulated AWS on this machine: MiniStack, on a port of its own, with nothing in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installedPython } from './installation.ts';

/** Milliseconds: until it must answer (it took 400), between two questions, until it is killed. */
const READY_WITHIN = 30_000;
const PAUSE = 50;
const STOPPED_WITHIN = 5000;

interface EmulatorOptions {
  /** Twelve digits; who comes with other credentials than `environment`'s may be in another. */
  readonly accountId: string;
  readonly region: string;
}

export interface Emulator {
  readonly endpoint: string;
  /** What AWS's clients and Terraform need to talk to it, and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it; everything in it is gone. */
  readonly stop: () => Promise<void>;
}

/** @throws NoEmulator when there can be none on this machine, Error with its log when it fails */
export async function startEmulator({ accountId, region }: EmulatorOptions): Promise<Emulator> {
  const python = await installedPython();
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  const child = spawn(python, [join(import.meta.dirname, 'run.py')], {
    // Away from the project: it writes where it is started, and needs nothing of ours.
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      // Nothing is left in the tree.
      PYTHONDONTWRITEBYTECODE: '1',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_ACCOUNT_ID: accountId,
      MINISTACK_REGION: region,
      // A second listener, on a port that may be taken.
      IOT_MTLS_ENABLED: '0',
    },
    // A Ctrl-C is for us, and we stop it when we are done; if we die, its input ends.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const log = join(folder, 'emulator.log');
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  const stop = async () => {
    await end(child);
    file.end();
    await rm(folder, { recursive: true, force: true });
  };

  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await answering(`${endpoint}/_ministack/health`, child);
  } catch (error) {
    const written = await readFile(log, 'utf8').catch(() => '');
    await stop();
    throw new Error(`the emulated AWS: ${(error as Error).message}\n${written}`, { cause: error });
  }
  return { endpoint, environment: environmentOf(endpoint, accountId, region), stop };
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

async function answering(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(PAUSE * 20) }).catch(() => null);
    if (answer?.ok === true) return;
    await pause(PAUSE);
  }
  throw new Error(`no answer within ${READY_WITHIN / 1000} s`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN);
  await ended;
  clearTimeout(late);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
