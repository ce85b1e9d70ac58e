/** Issues, comments and labels of a repository, as GitHub's API has them, on this machine. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { BOT, GitHub } from '../github.ts';

interface Text {
  readonly id: number;
  readonly number: number;
  readonly user: { readonly login: string };
  readonly labels: string[];
  body: string;
  state: string;
  title?: string;
}

interface Asked {
  readonly method: string;
  readonly path: string;
}

export interface LoopbackGitHub {
  readonly github: GitHub;
  /** For programs. */
  readonly environment: Readonly<Record<string, string>>;
  readonly comments: Text[];
  readonly issues: Text[];
  /** Of the pull request. */
  readonly labels: string[];
  /** What was not only looked at, such as `POST /issues/1/comments`. */
  readonly changes: () => string[];
  /** From now on. */
  readonly refuseWith: (status: number, headers: Readonly<Record<string, string>>) => void;
  readonly stop: () => void;
}

export function aText(body: string, login = BOT, id = 1): Text {
  return { id, number: id, user: { login }, labels: [], body, state: 'open' };
}

const REPOSITORY = '/repos/octo-org/store';

/** Of which the pull request is number 1. */
export async function loopbackGitHub(): Promise<LoopbackGitHub> {
  const asked: Asked[] = [];
  const kept = { comments: [] as Text[], issues: [] as Text[], labels: [] as string[] };
  let refusal: { status: number; headers: Readonly<Record<string, string>> } | undefined;
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    const path = url.slice(REPOSITORY.length);
    asked.push({ method, path });
    if (refusal !== undefined) {
      response.writeHead(refusal.status, refusal.headers).end('{"message":"no"}');
      return;
    }
    void (async () => {
      const body = await read(request);
      response.end(JSON.stringify(answer(kept, { method, path }, body)));
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...kept,
    github: new GitHub(`${api}${REPOSITORY}`, 'token'),
    environment: {
      GITHUB_API_URL: api,
      GITHUB_REPOSITORY: 'octo-org/store',
      GITHUB_TOKEN: 'token',
    },
    changes: () =>
      asked.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`])),
    refuseWith: (status, headers) => {
      refusal = { status, headers };
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Kept = Pick<LoopbackGitHub, 'comments' | 'issues' | 'labels'>;
type Body = Readonly<Partial<Record<'body' | 'state' | 'title', string> & { labels: string[] }>>;

async function read(request: IncomingMessage): Promise<Body> {
  const written = await text(request);
  return written === '' ? {} : (JSON.parse(written) as Body);
}

function answer(kept: Kept, { method, path }: Asked, body: Body): unknown {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const id = Number(/\d+/.exec(pathname)?.[0]);
  const label = decodeURIComponent(pathname.split('/')[4] ?? '');
  const what = `${method} ${pathname.replaceAll(/\d+/g, '1').replace(/labels\/.*/, 'labels/a')}`;
  const known = ANSWERS[what];
  if (known === undefined) throw new Error(`${what} is not known here`);
  return known(kept, { body, id, label, page: (items) => page(items, searchParams) });
}

interface Question {
  readonly body: Body;
  readonly id: number;
  readonly label: string;
  readonly page: <Item>(items: readonly Item[]) => Item[];
}

const ANSWERS: Readonly<Record<string, (kept: Kept, question: Question) => unknown>> = {
  'GET /issues/1/comments': ({ comments }, { page: some }) => some(comments),
  'POST /issues/1/comments': ({ comments }, { body }) => add(comments, body),
  'PATCH /issues/comments/1': ({ comments }, { body, id }) => change(comments, id, body),
  'GET /issues': ({ issues }, { page: some }) =>
    some(issues.filter(({ state }) => state === 'open')),
  'POST /issues': ({ issues }, { body }) => add(issues, body),
  'PATCH /issues/1': ({ issues }, { body, id }) => change(issues, id, body),
  'GET /issues/1/labels': ({ labels }, { page: some }) => some(labels.map((name) => ({ name }))),
  'POST /issues/1/labels': ({ labels }, { body }) => labels.push(...(body.labels ?? [])),
  'DELETE /issues/1/labels/a': ({ labels }, { label }) => labels.splice(labels.indexOf(label), 1),
};

function change(texts: readonly Text[], wanted: number, body: Body): object {
  return Object.assign(texts.find(({ id }) => id === wanted) ?? {}, body);
}

function page<Item>(items: readonly Item[], query: URLSearchParams): Item[] {
  const size = Number(query.get('per_page') ?? 30);
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  return items.slice(from, from + size);
}

function add(texts: Text[], body: Body): Text {
  const made = { ...aText('', BOT, texts.length + 1000), ...body, body: (body.body ?? '').trim() };
  texts.push(made);
  return made;
}
