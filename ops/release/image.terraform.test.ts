/** Which image is taken from the registry, and which never; a real engine, an emulated registry. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRepositoryCommand, DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { PROJECT } from '../../contract.ts';
import { areThereContainers } from '../emulator/containers/testing/with-containers.ts';
import { find } from '../deployment/synthesis.ts';
import { repositoryName } from '../running/names.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { provideImage } from './image.ts';
import { digestOfTag, registryLogin } from './registry.ts';

const ARCHITECTURE = 'amd64';
/** Its files are taken out of git, and not built. */
const COMMIT = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
const TAG = `${COMMIT.slice(0, 12)}-${ARCHITECTURE}`;
const { PATH = '' } = process.env;

let folder: string;
let dev: EmulatedDev;
let ours: string;
let theirs: string;

beforeAll(async () => {
  if (!areThereContainers) return;
  dev = await emulatedDev({ bucket: false });
  folder = mkdtempSync(join(tmpdir(), 'image-test-'));
  ours = makeImage('ours');
  theirs = makeImage('theirs');
});

beforeEach(async () => {
  process.env['PATH'] = `${folder}:${PATH}`;
  engine();
  await ecr().send(
    new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }),
  );
});

afterEach(async () => {
  await ecr().send(new DeleteRepositoryCommand({ repositoryName, force: true }));
});

afterAll(async () => {
  process.env['PATH'] = PATH;
  if (!areThereContainers) return;
  const built = docker('image', 'ls', '--quiet', '--filter', 'label=image-test').split('\n');
  docker('image', 'rm', '--force', ...new Set(built));
  rmSync(folder, { recursive: true });
  await dev.emulator.stop();
});

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}

/** Built in a moment. @returns its name */
function makeImage(name: string): string {
  const tag = `${PROJECT}-image-test:${name}`;
  writeFileSync(join(folder, 'content'), name);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nLABEL image-test=1\nCOPY content /\n');
  docker('build', '--quiet', '--platform', `linux/${ARCHITECTURE}`, '--tag', tag, folder);
  return tag;
}

/** Stands before the real command on the PATH. */
function command(name: string, script: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nset -e\nPATH='${PATH}'\n${script}\n`);
  chmodSync(file, 0o755);
}

/** @param meanwhile what happens during a build @param push how images are pushed */
function engine({ meanwhile = ':', push = 'exec docker "$@"' } = {}): void {
  const build = `shift $(($# - 2)); docker tag '${ours}' "$1"; ${meanwhile}`;
  const others = '*) exec docker "$@"';
  command('docker', `case "$1" in build) ${build};; push) ${push};; ${others};; esac`);
}

/** What somebody else does who may push: the script of a command. */
async function pushing(image: string): Promise<string> {
  const { host } = await registryLogin(dev.environment);
  const remote = `${host}/${repositoryName}:${TAG}`;
  return `docker tag '${image}' '${remote}'; docker push '${remote}'`;
}

function ecr(): ECRClient {
  return new ECRClient({ region: dev.environment.region });
}

function provide(name: string) {
  const { table } = dev;
  const source = { commit: COMMIT, isDirty: false };
  const { signal } = new AbortController();
  const chosen = { source, architecture: ARCHITECTURE, signal };
  return provideImage({ ...chosen, environment: find(table, name).environment }, () => undefined);
}

test('a commit is built once, and then found under its tag', async () => {
  const built = await provide('dev');

  expect(await digestOfTag(dev.environment, TAG)).toBe(built.digest);
  command('docker', 'exit 1');
  expect(await provide('dev')).toEqual(built);
});

test("production builds its own, whatever stands under the commit's tag", async () => {
  execFileSync('sh', ['-c', await pushing(theirs)]);

  const { digest } = await provide('prod');

  const foreign = await digestOfTag(dev.environment, TAG);
  expect(foreign).toMatch(/^sha256:/);
  expect(digest).not.toBe(foreign);
});

test('another image that is pushed meanwhile under the tag is not released', async () => {
  engine({ meanwhile: await pushing(theirs) });

  await expect(provide('dev')).rejects.toThrow(
    `another image under ${TAG}, which was pushed meanwhile: look whose it is, then release what was built here with --image ${PROJECT}:${TAG}`,
  );
});

test('a push that fails after all has come is as good as any', async () => {
  engine({ push: `${await pushing(ours)}; exit 1` });

  const { digest } = await provide('dev');

  expect(digest).toBe(await digestOfTag(dev.environment, TAG));
});
