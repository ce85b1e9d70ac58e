/** The ranks of a review as labels of its pull request, so that a list of them shows the risky ones. */
import type { Finding } from '../review/finding.ts';
import { RANKS } from '../review/ranks.ts';
import type { GitHub } from './github.ts';

interface Reviewed {
  readonly environment: string;
  readonly pullRequest: number;
  readonly findings: readonly Pick<Finding, 'rank'>[];
}

interface Changed {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Those that a person must approve; `plan:data-loss prod`. */
function labelsOf({ environment, findings }: Omit<Reviewed, 'pullRequest'>): string[] {
  const found = new Set(findings.map(({ rank }) => rank));
  return RANKS.filter(({ name, needsApproval }) => needsApproval && found.has(name)).map(
    ({ name }) => labelOf(name, environment),
  );
}

/** Labels of people and of other environments stay as they are. @throws Refusal */
export async function relabel(github: GitHub, reviewed: Reviewed): Promise<Changed> {
  const { environment, pullRequest } = reviewed;
  const labels = `/issues/${pullRequest}/labels`;
  const present = (await github.all<{ name: string }>(labels)).map(({ name }) => name);
  const wanted = labelsOf(reviewed);
  const ours = new Set(RANKS.map(({ name }) => labelOf(name, environment)));
  const added = wanted.filter((label) => !present.includes(label));
  const removed = present.filter((label) => ours.has(label) && !wanted.includes(label));
  if (added.length > 0) await github.ask('POST', labels, { labels: added });
  for (const label of removed) {
    await github.ask('DELETE', `${labels}/${encodeURIComponent(label)}`);
  }
  return { added, removed };
}

function labelOf(rank: string, environment: string): string {
  return `plan:${rank} ${environment}`;
}
