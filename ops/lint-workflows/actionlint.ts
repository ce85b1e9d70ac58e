import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Execution, execute } from '../terraform/execution.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { goOf } from './go.ts';

const ROOT = join(import.meta.dirname, '../..');
// One for all checkouts of STORE_DATA: it is the same program.
const PROGRAM = join(ROOT, '.data/lint-workflows/actionlint');
const PACKAGE = 'github.com/rhysd/actionlint/cmd/actionlint';
/** Seconds; the first time it is fetched and compiled. */
const PATIENCE = 300;

/** It cannot be built here; the message says what is missing. */
export class NoGo extends Error {
  override readonly name = 'NoGo';
}

/** @returns what it complains about. @throws NoGo */
export async function actionlint(): Promise<string> {
  await build();
  // What else is installed here must not decide what is wrong.
  const { output, errors } = await run(PROGRAM, [
    '-oneline',
    '-no-color',
    '-pyflakes=',
    '-shellcheck=',
  ]);
  return `${output}${errors}`.trim();
}

/** Go keeps what it has built, so this is quick the second time. */
async function build(): Promise<void> {
  await mkdir(join(PROGRAM, '..'), { recursive: true });
  const args = ['-C', import.meta.dirname, 'build', '-o', PROGRAM, PACKAGE];
  const { code, errors } = await run(goOf(process.env), args).catch((error: unknown) => {
    throw new NoGo('go is not on the PATH, and actionlint is built with it', { cause: error });
  });
  if (code !== 0) throw new NoGo(`actionlint cannot be built: ${errors.trim()}`);
}

async function run(command: string, args: readonly string[]) {
  const outcome = await execute(command, args, {
    folder: ROOT,
    environment: {
      ...process.env,
      // go.sum has every checksum: no other list is asked, no other Go is fetched.
      GOFLAGS: '-mod=readonly',
      GOSUMDB: 'off',
      GOTOOLCHAIN: 'local',
    },
    output: 'hidden',
    limit: PATIENCE,
  } satisfies Execution);
  if (outcome.signal !== undefined) throw new Interrupted(`stopped by ${outcome.signal}`);
  return outcome;
}
