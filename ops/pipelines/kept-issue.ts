/** The one issue about an environment that is not what main says. */
import { type Comment, type GitHub, writtenBefore } from './github.ts';
import { bodyOf, markerOf } from './sticky-comment.ts';

const LABEL = 'drift';

interface Drift {
  readonly environment: string;
  readonly differs: boolean;
  /** Markdown. */
  readonly text: string;
}

interface Issue extends Omit<Comment, 'id'> {
  readonly number: number;
}

/** @returns what was done with it. @throws Refusal */
export async function keepIssue(github: GitHub, drift: Drift): Promise<string> {
  const { environment, differs, text } = drift;
  const marker = markerOf(`drift ${environment}`);
  const open = await github.all<Issue>(`/issues?state=open&labels=${LABEL}`);
  const issue = writtenBefore(open, marker);
  if (issue === undefined) return differs ? openOne(github, drift, marker) : 'no issue is open';
  const path = `/issues/${issue.number}`;
  if (!differs) {
    const body = `Since the last look ${environment} is what main says.`;
    await github.ask('POST', `${path}/comments`, { body });
    await github.ask('PATCH', path, { state: 'closed', state_reason: 'completed' });
    return `closed #${issue.number}`;
  }
  const body = bodyOf(marker, textOf(environment, text));
  if (issue.body === body) return `#${issue.number} says so already`;
  await github.ask('PATCH', path, { body });
  return `updated #${issue.number}`;
}

async function openOne(github: GitHub, { environment, text }: Drift, marker: string) {
  const { number } = await github.ask<Issue>('POST', '/issues', {
    title: `${environment} is not what main says`,
    body: bodyOf(marker, textOf(environment, text)),
    labels: [LABEL],
  });
  return `opened #${number}`;
}

function textOf(environment: string, text: string): string {
  return `A plan of main would change ${environment}: somebody changed it by hand, or main is not released there yet. A release puts it right, or the code learns what was done by hand. This text follows each night's plan; the issue is closed when nothing differs.\n\n${text}`;
}
