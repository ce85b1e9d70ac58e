/** Keeps one issue open for an environment that is not what main says. */
import { readFile } from 'node:fs/promises';
import { oneEnvironment, runCommand } from '../deployment/command.ts';
import { WrongUse } from '../deployment/refusal.ts';
import { readKeptReview } from '../review/kept-review.ts';
import { GitHub } from './github.ts';
import { keepIssue } from './kept-issue.ts';

const USAGE = `Usage: node ops/pipelines/drift-issue.ts <environment> --review <file> --body <file>

Keeps one issue open while an environment is not what the code says: opens it, replaces its text
when that changes, and closes it with a comment once nothing differs.

  --review <file>  what npm run review -- --format json said of the environment's plans
  --body <file>    the same as Markdown

GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL as a job has them.

Exits with 0 when nothing differs, 2 when something does, as terraform plan -detailed-exitcode; 1
when it could not be told.
`;

const EXIT_DIFFERS = 2;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'drift-issue',
    usage: USAGE,
    options: { review: { type: 'string' }, body: { type: 'string' } },
    run: async ({ values: { review, body }, positionals }) => {
      const environment = oneEnvironment(positionals);
      if (review === undefined || body === undefined) {
        throw new WrongUse('--review and --body are needed');
      }
      const differs = (await readKeptReview(review)).findings.length > 0;
      const text = await readFile(body, 'utf8');
      const kept = await keepIssue(GitHub.ofJob(), { environment, differs, text });
      console.log(`${environment} ${differs ? 'differs' : 'is as the code says'}: ${kept}`);
      return differs ? EXIT_DIFFERS : 0;
    },
  });
}
