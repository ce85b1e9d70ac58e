/** `npm run releases`: who released what to an environment, when, and how it ended. */
import { environments } from '../stacks/environments.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { asText } from './releases/listing.ts';
import { recordsOf } from './releases/reading.ts';
import { lastGood } from './running/records.ts';

const USAGE = `Usage: npm run releases -- <environment> [--count <number>] [--json]

Lists releases and rollbacks, newest first: when, by whom, which image and commit, and from
which environment it was promoted, what each stack's plan had to do, the schema it left, and
how it ended. The image last seen serving well is marked with *.

  <environment>  a name of stacks/environments.ts
  --count        how many, 1 to 50 (default: 10)
  --json         the records as they stand in the state's bucket
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE. Nothing is changed.

Exits with 0, with 1 when the records cannot be read, 64 when the arguments are wrong, 130
after Ctrl-C.
`;

/** What is read at once. */
const MOST = 50;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'releases',
    usage: USAGE,
    options: {
      count: { type: 'string', default: '10' },
      json: { type: 'boolean', default: false },
    },
    run: async ({ values: { count, json }, positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      const most = countOf(count);
      await requireAccount(environment);
      const records = await recordsOf(environment);
      const newest = records.slice(0, most);
      console.log(
        json
          ? JSON.stringify(newest, null, 2)
          : asText(newest, environment.name, lastGood(records, undefined)),
      );
      return 0;
    },
  });
}

/** @throws WrongUse */
function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST) return count;
  throw new WrongUse(`--count is '${text}': a whole number from 1 to ${MOST} is needed`);
}
