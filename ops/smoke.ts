/** Does this store work at all? A handful of questions to a running one; nothing is changed. */
import { parseArgs } from 'node:util';
import { runChecks } from './checks.ts';
import { smokeChecks, whenReady } from './smoke/questions.ts';

const USAGE = `Usage: npm run smoke -- <url> [--wait <seconds>]

Asks a running store a handful of questions, which change nothing.

  <url>               where the store is, such as http://127.0.0.1:3000
  --wait <seconds>    how long to wait until it is ready first; 0 by default

Exits with 0 when all passed, 1 when one failed, 64 when the arguments are wrong.
`;

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;

function readArguments(): { url: string; seconds: number; help: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { wait: { type: 'string', default: '0' }, help: { type: 'boolean', default: false } },
  });
  const { help } = values;
  const [url = '', ...others] = positionals;
  if (!help && (!/^https?:$/.test(URL.parse(url)?.protocol ?? '') || others.length > 0)) {
    throw new Error(`one http or https URL is needed, not ${JSON.stringify(positionals)}`);
  }
  const seconds = Number(values.wait);
  if (!(seconds >= 0)) throw new Error(`--wait takes seconds, not ${values.wait}`);
  return { url: url.replace(/\/+$/, ''), seconds, help };
}

async function main(): Promise<number> {
  try {
    const { url, seconds, help } = readArguments();
    if (help) {
      process.stdout.write(USAGE);
      return 0;
    }
    await whenReady(url, seconds);
    return (await runChecks(smokeChecks(url))) ? 0 : 1;
  } catch (error) {
    console.error(`smoke: ${(error as Error).message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
}

if (import.meta.main) process.exitCode = await main();
