/** Is this the image that production wants? Runs it beside a database of its own. */
import { parseArgs } from 'node:util';
import { PROJECT } from '../contract.ts';
import { type Check, runChecks } from './checks.ts';
import { behaviourChecks } from './image/behaviour.ts';
import { contentChecks } from './image/contents.ts';
import { openCorner } from './image/docker.ts';

const USAGE = `Usage: npm run check:image -- [image]

Looks into an image of the service and runs it as ECS would: read-only, without
rights, not as root, beside a PostgreSQL of its own. Takes everything away again.

  [image]    ${PROJECT} by default; \`docker build --tag ${PROJECT} .\` makes it

Exits with 0 when all passed, 1 when one failed, 64 when the arguments are wrong.
`;

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;

function* everything(image: string): Generator<Check> {
  yield* contentChecks(image);
  yield* behaviourChecks(image, openCorner());
}

function readArguments(): { image: string; help: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  const [image = PROJECT, ...others] = positionals;
  if (others.length > 0) throw new Error(`one image is enough, not ${positionals.join(' ')}`);
  return { image, help: values.help };
}

async function main(): Promise<number> {
  try {
    const { image, help } = readArguments();
    if (!help) return (await runChecks(everything(image))) ? 0 : 1;
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    console.error(`check:image: ${(error as Error).message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
}

if (import.meta.main) process.exitCode = await main();
