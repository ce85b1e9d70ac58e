/** One request and its answer, with header fields as they are given: twice the same one, for example. */
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

interface Question {
  /** @default 'GET' */
  readonly method?: string;
  /** With its query, sent as it is. */
  readonly path: string;
  /** Names and values; those of the length and of the host are added where they are absent. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Milliseconds after which an answer does not count as one; handlers are given 30 s. */
const PATIENCE = 35_000;

/** A client that keeps its connections; `agent.destroy()` ends it. */
export function newClient(): Agent {
  return new Agent({ keepAlive: true });
}

/** @throws Error when there is no answer, or it is none of HTTP */
export async function ask(agent: Agent, url: string, question: Question): Promise<Answer> {
  const { method = 'GET', path, headers = [], body = '' } = question;
  const { hostname, port } = new URL(url);
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const added = [
    ['host', `${hostname}:${port}`],
    ...(method === 'GET' && body === '' ? [] : [['content-length', `${Buffer.byteLength(body)}`]]),
  ].filter(([name = '']) => !given.has(name));
  const asking = request({
    agent,
    hostname,
    port,
    method,
    path,
    headers: [...added, ...headers].flat(),
    signal: AbortSignal.timeout(PATIENCE),
  });
  // A server may refuse before it has read everything; its answer counts, not that it hung up.
  asking.end(body);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: await text(response),
  };
}
