/** Plans an environment for the people on GitHub: the review as a page, and as JSON for the next jobs. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { oneEnvironment, runCommand } from '../deployment/command.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { readPlans } from '../plan/plans-file.ts';
import { type Execution, execute } from '../terraform/execution.ts';
import { Interrupted } from '../terraform/terraform.ts';
import { summarise, tellSteps } from './step.ts';

const USAGE = `Usage: node ops/pipelines/plan.ts <environment> --out <folder> [--from-nothing]

Runs npm run plan, and npm run review over its plans: review.md and review.json are left beside
them, the first one goes to the page of the run too. Output of the step: 'verdict', which is
'approval' when somebody must say yes by name, else 'clean'.

  --out <folder>  for the plans
  --from-nothing  as if the account were empty: without credentials

AWS's usual variables say who you are.

Exits with 0 whatever the verdict, with 1 when there is none.
`;

/** Of both commands, by exit code. */
const VERDICTS: Readonly<Record<number, string>> = { 0: 'clean', 2: 'approval' };

const OPS = join(import.meta.dirname, '..');

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'plan',
    usage: USAGE,
    options: { out: { type: 'string' }, 'from-nothing': { type: 'boolean', default: false } },
    run: async ({ values: { out, 'from-nothing': fromNothing }, positionals }) => {
      const name = oneEnvironment(positionals);
      if (out === undefined) throw new WrongUse('--out is needed: a folder for the plans');
      const options = ['--out', out, ...(fromNothing ? ['--from-nothing'] : [])];
      await run('shown', 'plan.ts', name, ...options);
      await reviewAll(resolve(out));
      return 0;
    },
  });
}

async function reviewAll(folder: string): Promise<void> {
  const { stacks } = await readPlans(folder);
  const files = stacks.map(({ json }) => join(folder, json));
  const markdown = await run('hidden', 'review.ts', '--format', 'markdown', ...files);
  const json = await run('hidden', 'review.ts', '--format', 'json', ...files);
  await writeFile(join(folder, 'review.md'), markdown.text);
  await writeFile(join(folder, 'review.json'), json.text);
  await summarise(markdown.text);
  await tellSteps({ verdict: json.verdict });
}

async function run(output: Execution['output'], command: string, ...args: readonly string[]) {
  const outcome = await execute(process.execPath, [join(OPS, command), ...args], {
    folder: process.cwd(),
    environment: process.env,
    output,
  });
  if (outcome.signal !== undefined) throw new Interrupted(`stopped by ${outcome.signal}`);
  const verdict = VERDICTS[outcome.code];
  if (verdict !== undefined) return { text: outcome.output, verdict };
  const said = output === 'hidden' ? `: ${outcome.errors.trim()}` : ', see above';
  throw new Refusal(`${command} ended with ${outcome.code}${said}`);
}
