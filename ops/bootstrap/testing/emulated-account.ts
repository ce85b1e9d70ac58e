/** An empty account of an emulated AWS, and people who run the bootstrap there. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  KMSClient,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PROJECT } from '../../../contract.ts';
import { credentialsOf, type Emulator, startEmulator } from '../../emulator/emulator.ts';

const REGION = 'eu-central-1';

/** Descriptions of all keys of an account that is ready. */
export const KEYS = [`Images of ${PROJECT}`, `States and plans of ${PROJECT}`];

export interface Run {
  /** What was written so far, without colours. */
  readonly output: () => string;
  /** The exit code, or the signal. */
  readonly end: Promise<number | string>;
  readonly process: ChildProcess;
}

interface HowToRun {
  /** What the table says. @default the account */
  readonly accountId?: string;
  /** After how many it ends. @default all four */
  readonly steps?: number;
  /** Whether Terraform asks. @default false */
  readonly asks?: boolean;
  /** @default the root of the account */
  readonly environment?: Readonly<Record<string, string>>;
}

export class EmulatedAccount {
  readonly accountId: string;
  readonly bucket: string;
  readonly #emulator: Emulator;
  readonly #folder: string;
  readonly #runs: Run[] = [];

  static async open(accountId: string): Promise<EmulatedAccount> {
    const emulator = await startEmulator({ accountId, region: REGION });
    return new EmulatedAccount(
      accountId,
      emulator,
      await mkdtemp(join(tmpdir(), 'bootstrap-test-')),
    );
  }

  private constructor(accountId: string, emulator: Emulator, folder: string) {
    this.accountId = accountId;
    this.bucket = `${PROJECT}-state-${accountId}-${REGION}`;
    this.#emulator = emulator;
    this.#folder = folder;
  }

  async close(): Promise<void> {
    for (const run of this.#runs) kill(run);
    await this.#emulator.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20 });
  }

  /** Where a person's machine keeps what is unfinished. */
  machine(name: string): string {
    return join(this.#folder, name, `${this.accountId}-${REGION}`);
  }

  /** Begins a run on a person's machine. */
  start(machine: string, { environment = {}, ...how }: HowToRun = {}): Run {
    const program = fileURLToPath(import.meta.resolve('./run.ts'));
    const asked = { accountId: this.accountId, data: join(this.#folder, machine), ...how };
    const child = spawn(process.execPath, [program, JSON.stringify(asked)], {
      env: {
        ...process.env,
        ...this.#emulator.environment,
        NODE_OPTIONS: '',
        // A person's own bucket is not the test's.
        STORE_STATE_BUCKET: '',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    }
    const end = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
    const run: Run = { output: () => withoutColours(output), end, process: child };
    this.#runs.push(run);
    return run;
  }

  /** A run to its end. */
  async run(machine: string, how?: HowToRun): Promise<{ code: number | string; output: string }> {
    const run = this.start(machine, how);
    const code = await run.end;
    return { code, output: run.output() };
  }

  /** @returns the id of a new key with the alias */
  async makeKey(AliasName: string): Promise<string> {
    const kms = new KMSClient(this.#settings());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
    return KeyMetadata?.KeyId ?? '';
  }

  /** Descriptions of all keys, in the order of the alphabet. */
  async keys(): Promise<string[]> {
    const kms = new KMSClient(this.#settings());
    const { Keys = [] } = await kms.send(new ListKeysCommand({}));
    const found = await Promise.all(
      Keys.map(({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))),
    );
    return found.map(({ KeyMetadata }) => KeyMetadata?.Description ?? '').toSorted();
  }

  /** Addresses of what is in a state in the bucket. */
  async state(name: string): Promise<string[]> {
    const Key = `${PROJECT}-${name}.tfstate`;
    const { Body } = await this.s3().send(new GetObjectCommand({ Bucket: this.bucket, Key }));
    const { resources } = JSON.parse((await Body?.transformToString()) ?? '') as {
      resources: { type: string; instances: unknown[] }[];
    };
    return resources.flatMap(({ type, instances }) => instances.map(() => type));
  }

  /** @param accountId whose credentials are used. @default this one's */
  s3(accountId = this.accountId): S3Client {
    return new S3Client(this.#settings(accountId));
  }

  #settings(accountId = this.accountId) {
    const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = credentialsOf(accountId);
    return {
      region: REGION,
      endpoint: this.#emulator.endpoint,
      credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    };
  }
}

/** @throws Error with the output when the run ends before */
export async function until({ output, end }: Run, text: RegExp): Promise<void> {
  while (!text.test(output())) {
    const ended = await Promise.race([end, wait(20)]);
    if (ended !== undefined) throw new Error(`ended with ${ended}: ${output()}`);
  }
}

/** As a power cut would: the run first, so that it cannot go on, then Terraform and the provider. */
export function kill({ process: { pid, exitCode } }: Run): void {
  if (pid === undefined || exitCode !== null) return;
  const groups = childrenOf(pid);
  for (const target of [pid, ...groups.map((leader) => -leader)]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function childrenOf(parent: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []));
}

function withoutColours(text: string): string {
  // oxlint-disable-next-line eslint/no-control-regex -- that is what colours begin with
  return text.replaceAll(/\u001b\[[\d;]*m/g, '');
}
