/** As whom GitHub's jobs come to AWS: the `sub` of their tokens. */
import type { GitHubSettings } from '../github-settings.ts';

/** What AWS and GitHub agree on; a token for another audience is refused. */
export const AUDIENCE = 'sts.amazonaws.com';

export type Pipeline = 'plan' | 'apply';

/** Where GitHub's jobs get their tokens, without `https://`: so it stands in AWS's condition keys. */
export const ISSUER = 'token.actions.githubusercontent.com';

/** The branch whose nightly job plans to find drift. */
const BRANCH = 'main';

/**
 * The exact subjects that a role trusts; none for an environment without a repository.
 *
 * Twice each: with names, and with the ids that GitHub adds to them for repositories that were
 * made, renamed or transferred since 15 July 2026. Somebody who takes over a given-up name has
 * other ids, so the first form may go once the repository's tokens come in the second.
 */
export function subjectsOf(
  { name, github }: { readonly name: string; readonly github?: GitHubSettings },
  pipeline: Pipeline,
): readonly string[] {
  if (github === undefined) return [];
  const { repository, ownerId, repositoryId } = github;
  const [owner, short] = repository.split('/');
  const jobs = JOBS[pipeline](name);
  return [repository, `${owner}@${ownerId}/${short}@${repositoryId}`].flatMap((form) =>
    jobs.map((job) => `repo:${form}:${job}`),
  );
}

/** Only a job that names the environment may apply, so that GitHub asks for its approval first. */
const JOBS = {
  plan: () => ['pull_request', `ref:refs/heads/${BRANCH}`],
  apply: (name: string) => [`environment:${name}`],
} as const satisfies Record<Pipeline, (name: string) => readonly string[]>;
