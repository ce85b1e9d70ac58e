/** As whom GitHub's jobs come to AWS: what their tokens must say. */
import type { GitHubSettings } from '../github-settings.ts';

/** What AWS and GitHub agree on; a token for another audience is refused. */
export const AUDIENCE = 'sts.amazonaws.com';

export type Pipeline = 'plan' | 'apply';

/** Where GitHub's jobs get their tokens, without `https://`: so it stands in AWS's condition keys. */
export const ISSUER = 'token.actions.githubusercontent.com';

/** The branch whose nightly job plans to find drift, and whose jobs may apply. */
const BRANCH = 'main';

interface Trusting {
  readonly name: string;
  readonly github?: GitHubSettings;
}

/**
 * All that a role asks of a token, by AWS's condition keys: one value of each must be the token's.
 * The id, which no other repository ever gets, holds for subjects of both forms. The branch is asked of who applies, for GitHub makes
 * an environment without protection for whoever names one; a pull request's is never the same.
 */
export function trustOf(
  environment: Trusting,
  pipeline: Pipeline,
): Readonly<Record<string, readonly string[]>> {
  const { github } = environment;
  if (github === undefined) return {};
  return {
    [`${ISSUER}:aud`]: [AUDIENCE],
    [`${ISSUER}:sub`]: subjectsOf(environment, pipeline),
    [`${ISSUER}:repository_id`]: [github.repositoryId],
    ...(pipeline === 'apply' && { [`${ISSUER}:ref`]: [`refs/heads/${BRANCH}`] }),
  };
}

/**
 * The exact subjects that a role trusts; none for an environment without a repository.
 *
 * Twice each: with names, and with the ids that GitHub adds to them for repositories that were
 * made, renamed or transferred since 15 July 2026.
 */
export function subjectsOf({ name, github }: Trusting, pipeline: Pipeline): readonly string[] {
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
