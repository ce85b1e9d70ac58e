/** Settings of the pipelines: whose jobs on GitHub may come in, and as whom GitHub is known. */
import { type Static, Type } from 'typebox';
import { closed } from './setting-kinds.ts';

/** Of an owner or a repository: it stays when the name changes, and is never given again. */
const GitHubId = (field: string) =>
  Type.String({
    pattern: '^[1-9][0-9]{0,19}$',
    description: `${field} of GET https://api.github.com/repos/<owner>/<repository>, as text`,
  });

export const GitHub = Type.Object(
  {
    /** Spelled as GitHub spells it, capitals included: AWS compares letter by letter. */
    repository: Type.String({
      pattern: '^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?/[A-Za-z0-9._-]{1,100}$',
      description: "'<owner>/<repository>', such as 'octo-org/store'",
    }),
    /** `gh api repos/<owner>/<repository> --jq .owner.id` */
    ownerId: GitHubId('owner.id'),
    /** `gh api repos/<owner>/<repository> --jq .id` */
    repositoryId: GitHubId('id'),
    /** An account knows GitHub once: `existing` when something else has made its provider. */
    provider: Type.Enum(['create', 'existing'], { description: "'create' or 'existing'" }),
  },
  closed,
);

export type GitHubSettings = Static<typeof GitHub>;
