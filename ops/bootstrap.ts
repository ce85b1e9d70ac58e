/** `npm run bootstrap`: what an account has once, before its first deployment. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environments } from '../stacks/environments.ts';
import { SettingsError } from '../stacks/settings-error.ts';
import { bootstrap } from './bootstrap/bootstrap.ts';
import { Refusal, WrongUse } from './bootstrap/refusal.ts';
import { WrongMirror } from './terraform/providers.ts';
import { ProviderOutOfReach } from './terraform/registry.ts';
import { Interrupted, NoTerraform } from './terraform/terraform.ts';

const USAGE = `Usage: npm run bootstrap -- <environment> [--yes]

Makes what an account has once: the bucket that holds all states, with its key, and the
registry of images. Terraform shows what it would do, and asks. What is there already
stays as it is: it may be run again, and goes on where an earlier run was broken off, on
another machine too.

  <environment>  a name of stacks/environments.ts; its account and region are meant
  --yes          do without the questions
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE. STORE_STATE_BUCKET names the
bucket otherwise than <project>-state-<account>-<region>.

Exits with 0 when all is there, 1 when it is not, 64 when the arguments are wrong, 130
after Ctrl-C, which lets Terraform end in order.
`;

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;
/** 128 and the number of SIGINT, as in shells. */
const EXIT_INTERRUPTED = 130;

const DATA = join(import.meta.dirname, '../.data/bootstrap');

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return EXIT_USAGE;
  const { name, asks, help } = options;
  if (help) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    await bootstrap({ table: environments, name, data: DATA, asks });
    return 0;
  } catch (error) {
    return explain(error);
  }
}

/** What people can do something about needs no stack trace. */
export function explain(error: unknown): number {
  if (error instanceof Interrupted) {
    console.error(`bootstrap: ${error.message}; run the same command to go on from here`);
    return EXIT_INTERRUPTED;
  }
  const kinds = [Refusal, SettingsError, NoTerraform, ProviderOutOfReach, WrongMirror];
  if (!kinds.some((kind) => error instanceof kind)) throw error;
  console.error(`bootstrap: ${(error as Error).message}`);
  return error instanceof WrongUse ? EXIT_USAGE : 1;
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { yes, help } = values;
    const [name = '', ...others] = positionals;
    if (!help && (name === '' || others.length > 0)) {
      throw new Error(`one environment is needed, not ${JSON.stringify(positionals)}`);
    }
    return { name, asks: !yes, help };
  } catch (error) {
    console.error(`bootstrap: ${(error as Error).message}\n\n${USAGE}`);
    return undefined;
  }
}

if (import.meta.main) process.exitCode = await main();
