/** Does real Terraform accept every stack? No account and, with a mirror of the provider, no network. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { WrongMirror } from './terraform/providers.ts';
import { ProviderOutOfReach } from './terraform/registry.ts';
import { Interrupted, NoTerraform, Terraform } from './terraform/terraform.ts';
import { synthesise } from './validate/synthesis.ts';
import { type Result, validateAll } from './validate/validation.ts';

const USAGE = `Usage: npm run validate -- [<stacks>...]

Synthesises all stacks into a folder of their own and lets real Terraform read
them: init without a backend, once for all that require the same providers, then
validate for each. Nothing is asked of AWS.

  <stacks>   names or patterns, such as 'dev-*'; all by default
  --help     this text

Terraform comes from the PATH. The provider comes from a mirror when one is at hand:
STORE_TERRAFORM_MIRROR, your own Terraform configuration, or a folder at a usual
place. Otherwise Terraform asks its registry.

Exits with 0 when all passed, or could not be asked because Terraform or the provider
is missing (with CI=true that is 1); 1 when one failed, 64 when the arguments are wrong.
`;

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;
/** 128 and the number of SIGINT, as in shells. */
const EXIT_INTERRUPTED = 130;

/** Each process lives for two seconds; collecting its garbage would take a quarter of them. */
const FAST = { GOGC: 'off' };

const DATA = join(import.meta.dirname, '../.data');

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return EXIT_USAGE;
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  await mkdir(DATA, { recursive: true });
  const folder = await mkdtemp(join(DATA, 'validate-'));
  try {
    return await validate(folder, options.patterns);
  } catch (error) {
    if (!(error instanceof Interrupted || error instanceof WrongMirror)) throw error;
    console.error(`validate: ${error.message}`);
    return error instanceof Interrupted ? EXIT_INTERRUPTED : 1;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

async function validate(folder: string, patterns: readonly string[]): Promise<number> {
  const problem = await synthesise(folder);
  if (problem !== undefined) {
    console.error(problem);
    return 1;
  }
  const all = await readdir(join(folder, 'stacks'));
  const names = all.filter((name) => patterns.some((pattern) => matchesGlob(name, pattern)));
  if (names.length === 0) {
    console.error(
      `validate: no stack is called ${patterns.join(' or ')}; there are\n${all.join('\n')}`,
    );
    return EXIT_USAGE;
  }
  try {
    const stacks = names.map((name) => ({ name, folder: join(folder, 'stacks', name) }));
    const shared = { TF_DATA_DIR: join(folder, 'terraform') };
    const terraform = await Terraform.find({ ...FAST, ...shared });
    let failed = 0;
    await validateAll(terraform, stacks, (result) => {
      print(result);
      if (!result.valid) failed += 1;
    });
    console.log(`${stacks.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return skip(error.message, names.length);
  }
}

function print({ name, valid, remarks, seconds }: Result): void {
  console.log(`${valid ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)`);
  for (const remark of remarks) console.log(remark.replaceAll(/^/gm, '        '));
}

function isMissing(error: unknown): error is Error {
  return error instanceof NoTerraform || error instanceof ProviderOutOfReach;
}

function skip(reason: string, count: number): number {
  const inCi = process.env['CI'] === 'true';
  console.log(`skipped: ${reason}${inCi ? '. In CI it must run.' : ''}`);
  console.log(`0 passed, 0 failed, ${count} skipped`);
  return inCi ? 1 : 0;
}

function readOptions(): { patterns: string[]; help: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', default: false } },
    });
    return { patterns: positionals.length === 0 ? ['*'] : positionals, help: values.help };
  } catch (error) {
    console.error(`validate: ${(error as Error).message}\n\n${USAGE}`);
    return undefined;
  }
}

if (import.meta.main) process.exitCode = await main();
