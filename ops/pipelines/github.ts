/** GitHub's REST API, as far as the pipelines write to pull requests and issues. */
import { Refusal, WrongUse } from '../deployment/refusal.ts';

/** Milliseconds for one answer. */
const PATIENCE = 30_000;
/** As many as GitHub gives at once. */
const PAGE = 100;

/** As whom a job writes with its GITHUB_TOKEN. Nobody can register a name with brackets. */
export const BOT = 'github-actions[bot]';

export interface Comment {
  readonly id: number;
  readonly body?: string | null;
  readonly user: { readonly login: string } | null;
}

export class GitHub {
  readonly #api: string;
  readonly #token: string;

  /** @param api of the repository: `https://api.github.com/repos/octo-org/store` */
  constructor(api: string, token: string) {
    this.#api = api;
    this.#token = token;
  }

  /** With what a job has. @throws WrongUse which names the variables */
  static ofJob(): GitHub {
    const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env;
    if (!GITHUB_API_URL || !GITHUB_REPOSITORY || !GITHUB_TOKEN) {
      throw new WrongUse('GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN are needed');
    }
    return new GitHub(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}`, GITHUB_TOKEN);
  }

  /** @param path below the repository, such as `/issues/1/comments`. @throws Refusal */
  async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#api}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${this.#token}`,
        'x-github-api-version': '2022-11-28',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    }).catch((error: unknown) => {
      throw new Refusal(`GitHub does not answer ${method} ${path}: run the job again`, {
        cause: error,
      });
    });
    const text = await response.text();
    if (!response.ok) throw new Refusal(explain(response, `${method} ${path}`, text));
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  /** @param path with a query or without. @throws Refusal */
  async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let page = 1; ; page += 1) {
      const separator = path.includes('?') ? '&' : '?';
      const query = `${separator}per_page=${PAGE}&page=${page}`;
      const some = await this.ask<Item[]>('GET', `${path}${query}`);
      items.push(...some);
      if (some.length < PAGE) return items;
    }
  }
}

/** The one that the pipelines wrote about a matter. Anybody may write its marker; only the bot is believed. */
export function writtenBefore<Text extends Omit<Comment, 'id'>>(
  texts: readonly Text[],
  marker: string,
): Text | undefined {
  return texts.find(({ user, body }) => user?.login === BOT && body?.startsWith(marker));
}

function explain({ status, headers }: Response, what: string, text: string): string {
  const said = messageOf(text);
  if (
    status === 429 ||
    headers.get('x-ratelimit-remaining') === '0' ||
    headers.has('retry-after')
  ) {
    return `GitHub's limit of requests is used up (${what}): run the job again ${whenOf(headers)}`;
  }
  if (status === 401) {
    return `GitHub does not take the token (${what}): is GITHUB_TOKEN given to this step?`;
  }
  if (status === 403) {
    return `GitHub does not allow it (${what}: ${said}): the job needs that permission in its workflow, and a pull request from a fork never has it`;
  }
  return `GitHub answers ${status} to ${what}: ${said}`;
}

function whenOf(headers: Headers): string {
  const after = headers.get('retry-after');
  if (after !== null) return `in ${after} s`;
  const reset = Number(headers.get('x-ratelimit-reset'));
  return reset > 0 ? `after ${new Date(reset * 1000).toISOString()}` : 'in an hour';
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message: string }).message;
  } catch {
    return text.slice(0, 200);
  }
}
