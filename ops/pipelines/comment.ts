/** Puts a text on a pull request, in the place of what was said about the same matter before. */
import { readFile } from 'node:fs/promises';
import { runCommand } from '../deployment/command.ts';
import { WrongUse } from '../deployment/refusal.ts';
import { GitHub } from './github.ts';
import { pullRequestOf } from './pull-request.ts';
import { stick } from './sticky-comment.ts';

const USAGE = `Usage: node ops/pipelines/comment.ts <matter> --body <file> [--pull-request <number>]

Puts a text on a pull request: one comment for each matter, such as 'plan dev', which is found by
a hidden line and replaced in its place. What others wrote is left alone, whatever it looks like.

  --body <file>            Markdown
  --pull-request <number>  otherwise the one of GITHUB_EVENT_PATH

GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL as a job has them.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'comment',
    usage: USAGE,
    options: { body: { type: 'string' }, 'pull-request': { type: 'string' } },
    run: async ({ values: { body, 'pull-request': number }, positionals: [about, ...others] }) => {
      if (about === undefined || others.length > 0) throw new WrongUse('one matter is needed');
      if (body === undefined) throw new WrongUse('--body is needed: a file of Markdown');
      const pullRequest = await pullRequestOf(number);
      const text = await readFile(body, 'utf8');
      const written = await stick(GitHub.ofJob(), { about, pullRequest, text, run: runOfJob() });
      console.log(`the comment on ${about} of #${pullRequest} is ${written}`);
      return 0;
    },
  });
}

/** Where artifacts and the page of the run are. */
function runOfJob(): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  if (!GITHUB_SERVER_URL || !GITHUB_RUN_ID) return undefined;
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
}
