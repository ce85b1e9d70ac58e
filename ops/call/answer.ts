/** What came back: the body for whoever goes on with it, the rest for people. */

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

const JSON_TYPE = /^application\/([\w.-]+\+)?json\b/;
const UNAUTHORIZED = 401;

/** @param isForPeople then JSON is set out on lines of its own; otherwise it is as it came */
export function bodyText({ headers, body }: Answer, isForPeople: boolean): string {
  if (!isForPeople || !JSON_TYPE.test(headers['content-type'] ?? '')) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** Lines beside the body. */
export function remarks(
  { status, statusText, headers, body }: Answer,
  {
    door,
    name,
    include,
  }: { readonly door: string; readonly name: string; readonly include: boolean },
): string[] {
  const request = headers['x-request-id'];
  const first = `HTTP ${status} ${statusText}`.trim();
  return [
    request === undefined ? first : `${first}, request ${request}`,
    ...(include ? Object.entries(headers).map(([header, value]) => `${header}: ${value}`) : []),
    ...problemIn(headers, body, door),
    ...(status === UNAUTHORIZED ? [HOW_TO_SIGN_IN(name)] : []),
  ];
}

function problemIn(headers: Answer['headers'], body: string, door: string): string[] {
  if (!(headers['content-type'] ?? '').startsWith('application/problem+json')) return [];
  const { type, title = '', detail = '', errors = [] } = JSON.parse(body) as Problem;
  return [
    `${title}: ${detail}`,
    ...errors.map((error) => `  ${error.pointer || '/'}: ${error.detail}`),
    ...(type === undefined ? [] : [`What to do about it: ${new URL(type, door).href}`]),
  ];
}

const HOW_TO_SIGN_IN = (name: string) =>
  `To be somebody: --as <email>, or for several calls
  export STORE_TOKEN=$(npm run --silent token -- ${name} --email <email>)`;
