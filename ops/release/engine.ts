/** The container engine: builds the image and brings it to the registry. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../../stacks/environments.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { execute } from '../terraform/execution.ts';
import { Interrupted } from '../terraform/terraform.ts';
import type { RegistryLogin } from './registry.ts';
import { PROJECT_FOLDER } from './source.ts';

/** Seconds that the engine may take for one command, and lines that are shown when it failed. */
const LIMIT = 1800;
const LINES = 20;

/** What is asked of the engine and of nobody's settings: no second manifest beside the image's. */
const ENVIRONMENT = { BUILDX_NO_DEFAULT_ATTESTATIONS: '1', DOCKER_CLI_HINTS: 'false' };

/** @throws Refusal when no container engine answers */
export async function requireEngine(): Promise<void> {
  await docker(['version', '--format', '{{.Server.Version}}']).catch((error: Error) => {
    throw new Refusal(
      `no container engine answers (${error.message}): start Docker, or promote an image that serves elsewhere: npm run promote`,
    );
  });
}

interface Build {
  /** With the Dockerfile. */
  readonly folder: string;
  /** `linux/arm64`. */
  readonly platform: string;
  readonly name: string;
  readonly commit: string;
}

/** @throws Refusal with what the engine said last */
export async function build({ folder, platform, name, commit }: Build, say: Say): Promise<void> {
  const labels = [`SOURCE=${REPOSITORY}`, `REVISION=${commit}`];
  const args = labels.flatMap((label) => ['--build-arg', label]);
  await docker(['build', '--platform', platform, ...args, '--tag', name, '.'], { say, folder });
}

/** The commit that an image says it was built from. @throws Refusal when there is no such image */
export async function revisionOf(image: string): Promise<string> {
  const label = '{{index .Config.Labels "org.opencontainers.image.revision"}}';
  const revision = await docker(['image', 'inspect', '--format', label, image]);
  return revision === '' ? 'unknown' : revision;
}

/** What the engine itself knows an image by: a digest. @throws Refusal when there is no such image */
export function idOf(image: string): Promise<string> {
  return docker(['image', 'inspect', '--format', '{{.Id}}', image]);
}

/**
 * With credentials in a folder of its own: nothing of them stays on the machine.
 *
 * @returns the digest of what was pushed. @throws Refusal
 */
export async function push(
  local: string,
  { login, remote }: { readonly login: RegistryLogin; readonly remote: string },
  say: Say,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-login-'));
  // The engine's address comes from the person's own configuration, which we leave aside.
  const address = await docker(['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']);
  const environment = { DOCKER_CONFIG: folder, DOCKER_HOST: address };
  try {
    // Not `docker login`, which hands them to whatever keeps passwords on this machine.
    const { host, token } = login;
    const config = JSON.stringify({ auths: { [host]: { auth: token } } });
    await writeFile(join(folder, 'config.json'), config, { mode: 0o600 });
    await docker(['tag', local, remote]);
    return digestIn(await docker(['push', remote], { say, environment }));
  } finally {
    await docker(['image', 'rm', '--no-prune', remote]).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param said such as `one: digest: sha256:… size: 528`, in the last line */
function digestIn(said: string): string {
  const digest = /\bdigest: (sha256:[0-9a-f]{64}) size: \d+$/m.exec(said)?.[1];
  if (digest !== undefined) return digest;
  throw new Refusal(`docker push does not say the digest of what it pushed:\n${said}`);
}

interface Options {
  readonly say?: Say;
  /** @default the project's */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

async function docker(args: readonly string[], options: Options = {}): Promise<string> {
  const { say, folder = PROJECT_FOLDER, environment = {} } = options;
  const told: string[] = [];
  const outcome = await execute('docker', args, {
    folder,
    environment: { ...process.env, ...ENVIRONMENT, ...environment },
    output: 'hidden',
    limit: LIMIT,
    onLine: (line) => {
      told.push(line);
      if (process.stdout.isTTY) say?.(line.trim());
    },
  });
  if (outcome.signal !== undefined) throw new Interrupted(`stopped by ${outcome.signal}`);
  if (outcome.code === 0) return outcome.output.trim();
  const late = outcome.tookTooLong ? ` (after ${LIMIT / 60} minutes)` : '';
  const said = [...told, ...outcome.errors.trim().split('\n')].slice(-LINES).join('\n');
  throw new Refusal(`docker ${args[0] ?? ''} failed${late}:\n${said}`);
}
