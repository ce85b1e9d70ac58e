/** Speaks HTTP by hand, where a client that knows it would refuse to write such a thing. */
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Milliseconds; what is broken is refused at once. */
const PATIENCE = 10_000;

/** Milliseconds without an answer after which the other side is told that no more bytes come. */
const SILENCE = 250;

/**
 * Writes the bytes, and reads until the other side has said all.
 * @returns each answer on this connection; none where it was closed without one
 * @throws Error when it is neither answered nor closed in time
 */
export function writeRaw(url: string, bytes: Buffer, isHead: boolean): Promise<RawAnswer[]> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const done = () => {
      socket.destroy();
      try {
        resolve(answersIn(Buffer.concat(chunks), isHead));
      } catch (error) {
        reject(error);
      }
    };
    socket.setTimeout(PATIENCE, () => {
      socket.destroy();
      reject(new Error(`it was neither answered nor closed within ${PATIENCE / 1000} s`));
    });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', done);
    // Refused before everything was read: what was answered until then counts.
    socket.on('error', done);
    socket.write(bytes);
    // Node drops a request whose client has said its last; so that is said only where nothing comes.
    const ending = setTimeout(() => socket.end(), SILENCE);
    socket.once('close', () => clearTimeout(ending));
  });
}

function answersIn(bytes: Buffer, isHead: boolean): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const [answer, length] = answerAt(rest, isHead);
    rest = rest.subarray(length);
    // 100 Continue and the like are no answers.
    if (answer.status >= 200) answers.push(answer);
  }
  return answers;
}

/** @returns the first answer, and how many bytes it took */
function answerAt(bytes: Buffer, isHead: boolean): [RawAnswer, number] {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.toString('latin1', 0, Math.max(0, end)).split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  if (Number.isNaN(status)) {
    throw new Error(`what came is no HTTP: ${JSON.stringify(bytes.toString('latin1', 0, 200))}`);
  }
  const headers = Object.fromEntries(lines.map(toField));
  const rest = bytes.subarray(end + 4);
  // To bytes that it cannot read a server answers as to anything: it does not know of HEAD.
  const isBare = isHead && (rest.length === 0 || rest.toString('latin1', 0, 5) === 'HTTP/');
  const hasNone = isBare || status < 200 || status === 204 || status === 304;
  const [body, length] = hasNone ? ['', 0] : bodyAt(rest, headers);
  return [{ status, headers, body }, end + 4 + length];
}

function toField(line: string): [name: string, value: string] {
  const at = line.indexOf(':');
  return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
}

function bodyAt(bytes: Buffer, headers: Readonly<Record<string, string>>): [string, number] {
  if (headers['transfer-encoding'] === 'chunked') return chunksAt(bytes);
  const length = Number(headers['content-length'] ?? bytes.length);
  return [bytes.subarray(0, length).toString('utf8'), length];
}

function chunksAt(bytes: Buffer): [string, number] {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
    if (size === 0) break;
  }
  return [Buffer.concat(parts).toString('utf8'), at];
}
