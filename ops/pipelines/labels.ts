/** Labels a pull request with what its plan may do. */
import { oneEnvironment, runCommand } from '../deployment/command.ts';
import { WrongUse } from '../deployment/refusal.ts';
import { readKeptReview } from '../review/kept-review.ts';
import { GitHub } from './github.ts';
import { pullRequestOf } from './pull-request.ts';
import { relabel } from './rank-labels.ts';

const USAGE = `Usage: node ops/pipelines/labels.ts <environment> --review <file> [--pull-request <number>]

Labels a pull request with the ranks of a review that need an approval, such as
'plan:data-loss prod', and takes those of this environment away that hold no more.

  --review <file>          what npm run review -- --format json said
  --pull-request <number>  otherwise the one of GITHUB_EVENT_PATH

GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL as a job has them.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'labels',
    usage: USAGE,
    options: { review: { type: 'string' }, 'pull-request': { type: 'string' } },
    run: async ({ values: { review, 'pull-request': number }, positionals }) => {
      const environment = oneEnvironment(positionals);
      if (review === undefined) throw new WrongUse('--review is needed: a file of JSON');
      const pullRequest = await pullRequestOf(number);
      const { findings } = await readKeptReview(review);
      const changed = await relabel(GitHub.ofJob(), { environment, pullRequest, findings });
      console.log(`labels added: ${list(changed.added)}; removed: ${list(changed.removed)}`);
      return 0;
    },
  });
}

function list(labels: readonly string[]): string {
  return labels.length === 0 ? 'none' : labels.join(', ');
}
