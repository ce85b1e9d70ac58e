/** One comment about a matter on a pull request: written once, then replaced in its place. */
import { PROJECT } from '../../contract.ts';
import { type Comment, type GitHub, writtenBefore } from './github.ts';

/** Characters that GitHub takes. */
const LONGEST = 65_536;
/** Above the address of the run, which alone is no change; an address has less than 500 characters. */
const FOOT = '\n\n<!-- run -->\n';
const FOOT_LENGTH = 500 + FOOT.length;
const CUT = '\n\nThe rest did not fit: it is on the page of the run.\n';

export type Written = 'created' | 'updated' | 'unchanged';

interface Sticky {
  /** `plan dev`: one comment for each. */
  readonly about: string;
  readonly pullRequest: number;
  /** Markdown. */
  readonly text: string;
  /** Address of the run that says so. */
  readonly run?: string | undefined;
}

/** @throws Refusal */
export async function stick(github: GitHub, sticky: Sticky): Promise<Written> {
  const { about, pullRequest, text, run } = sticky;
  const marker = markerOf(about);
  const said = bodyOf(marker, text);
  const body = run === undefined ? said : `${said}${FOOT}[This run](${run})`;
  const comments = `/issues/${pullRequest}/comments`;
  const earlier = writtenBefore(await github.all<Comment>(comments), marker);
  if (earlier === undefined) {
    await github.ask('POST', comments, { body });
    return 'created';
  }
  if (earlier.body?.split(FOOT)[0] === said) return 'unchanged';
  await github.ask('PATCH', `/issues/comments/${earlier.id}`, { body });
  return 'updated';
}

/** Hidden in Markdown. */
export function markerOf(about: string): string {
  return `<!-- ${PROJECT}: ${about} -->`;
}

/** GitHub trims what it stores, so that is done here: otherwise nothing would ever be unchanged. */
export function bodyOf(marker: string, text: string): string {
  const whole = `${marker}\n${text.trim()}`;
  if (whole.length <= LONGEST - FOOT_LENGTH) return whole;
  const kept = whole.slice(0, LONGEST - FOOT_LENGTH - CUT.length);
  return `${kept.slice(0, kept.lastIndexOf('\n'))}${CUT}`.trim();
}
