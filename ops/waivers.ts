/** `npm run waivers`: where a rule does not hold, why, and for how long still. */
import { loadEnvironments } from '../stacks/environment-rules.ts';
import { environments } from '../stacks/environments.ts';
import { moves } from '../stacks/moves.ts';
import { waivers } from '../stacks/waivers.ts';
import { runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { list } from './waivers/list.ts';
import { page } from './waivers/page.ts';
import { problemsOf, refuseMalformed } from './waivers/problems.ts';

const USAGE = `Usage: npm run waivers -- [--within <days>] [--json]

Lists the waivers of stacks/waivers.ts, the one that ends first on top: the rule of
stacks/policies or the check of checkov that does not hold, where, why, and who looks at it
again. '3 in 2' is three constructs in two environments.

  --within <days>  fail when one ends within so many days: for a pipeline at night
  --json           the same for programs, with the path of each construct
  --help           this text

Whether checkov still finds something there says \`npm run checkov\`.

Exits with 0; 1 when one is badly written, is over, matches nothing, or ends within the days; 64
when the arguments are wrong.
`;

/** Characters of a line that goes nowhere in particular: reasons are long. */
const PLAIN_WIDTH = 160;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'waivers',
    usage: USAGE,
    options: {
      within: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    run: ({ values, positionals }) => {
      if (positionals.length > 0) throw new WrongUse(`it takes no ${positionals.join(' ')}`);
      return Promise.resolve(show(days(values.within), values.json));
    },
  });
}

/** @throws WrongUse */
function days(within: string | undefined): number | undefined {
  if (within === undefined) return undefined;
  if (/^\d{1,4}$/.test(within)) return Number(within);
  throw new WrongUse(`--within needs a number of days, not ${JSON.stringify(within)}`);
}

/** @throws GuardRailError when one is badly written: what it matches would be a guess */
function show(within: number | undefined, json: boolean): number {
  const today = new Date().toISOString().slice(0, 10);
  refuseMalformed(waivers, today);
  const table = loadEnvironments(environments, process.env['STORE_STATE_BUCKET']);
  const listed = list(waivers, table, today, moves);
  const width = process.stdout.columns || PLAIN_WIDTH;
  console.log(json ? JSON.stringify(listed, null, 2) : page(listed, width));
  const problems = problemsOf(listed, within);
  for (const problem of problems) console.error(`waivers: ${problem}`);
  return problems.length === 0 ? 0 : 1;
}
