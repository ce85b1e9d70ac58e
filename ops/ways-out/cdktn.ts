/** The first way out: the fork that lives on, with the same program. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from '../terraform/execution.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { asLines, compareFolders, judge } from './comparison.ts';
import { copyProgram } from './copy.ts';
import { OutOfReach } from './out-of-reach.ts';
import type { Way } from './way.ts';

const TSC = join(import.meta.dirname, '../../node_modules/.bin/tsc');

/** Exactly what is named, nothing that runs by itself, and one more try where the network fails. */
const INSTALL =
  'install --ignore-scripts --no-package-lock --no-audit --no-fund --omit=optional --fetch-retries=1 --loglevel=error';
/** Seconds: it took 6, with nothing in npm's cache. */
const INSTALLING = 90;
/** Seconds that the rest may take; it takes two. */
const MOMENT = 60;

/** npm's codes for a registry that does not answer. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|E?TIMEDOUT|ENOTCACHED|E5\d\d)\b/;

/** Differences that are shown; the first ones say what is the matter. */
const SHOWN = 20;

export const cdktn: Way = {
  name: 'cdktn',
  prove: async ({ folder, synthesised, check }) => {
    const program = join(folder, 'program');
    await mkdir(program, { recursive: true });
    const { rewritten, packages } = copyProgram(program);
    const wanted = Object.entries(packages).map((each) => each.join(' '));
    console.log(`cdktn: ${rewritten} files import it; npm install ${wanted.join(', ')}`);
    await install(program);

    const theirs = join(folder, 'synthesised');
    await check('cdktn synthesises the program', async () => {
      await run(process.execPath, ['main.ts'], program, { variables: { CDKTF_OUTDIR: theirs } });
      return `${(await readdir(join(theirs, 'stacks'))).length} stacks`;
    });
    await check('its files are those of cdktf', async () => compare(synthesised, theirs));
    await check('its types accept the program', async () => {
      await run(TSC, ['--noEmit', '--project', program], program);
      return `tsc, with @cdktn/provider-aws ${packages['@cdktn/provider-aws']}`;
    });
  },
};

function compare(ours: string, theirs: string): string {
  const { unaccepted, accepted } = judge(compareFolders(ours, theirs));
  const wrong = asLines(unaccepted);
  if (wrong.length > 0) {
    const more = wrong.length > SHOWN ? [`and ${wrong.length - SHOWN} more`] : [];
    throw new Error([...wrong.slice(0, SHOWN), ...more].join('\n'));
  }
  return `but for ${accepted.join(', ')}`;
}

/** @throws OutOfReach when no registry answers */
async function install(folder: string): Promise<void> {
  try {
    await run('npm', INSTALL.split(' '), folder, { limit: INSTALLING });
  } catch (error) {
    const { message } = error as Error;
    const why = message.split('\n').find((line) => UNREACHABLE.test(line));
    if (why === undefined) throw error;
    throw new OutOfReach(`npm's registry does not answer (${why})`, { cause: error });
  }
}

interface Running {
  readonly variables?: Readonly<Record<string, string>>;
  readonly limit?: number;
}

/** @returns its standard output. @throws Error with what it said, Interrupted */
async function run(
  command: string,
  args: readonly string[],
  folder: string,
  { variables = {}, limit = MOMENT }: Running = {},
): Promise<string> {
  const environment = { ...process.env, ...variables };
  const outcome = await execute(command, args, { folder, environment, output: 'hidden', limit });
  if (outcome.signal !== undefined) throw new Interrupted(`stopped by ${outcome.signal}`);
  if (outcome.code === 0) return outcome.output;
  const late = outcome.tookTooLong ? ` (ETIMEDOUT: stopped after ${limit} s)` : '';
  throw new Error(
    `${command} ${args[0] ?? ''} failed${late}: ${outcome.output}${outcome.errors}`.trim(),
  );
}
