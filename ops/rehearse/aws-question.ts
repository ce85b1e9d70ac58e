/** Questions to services for which no client is installed. The emulator lets its root ask unsigned. */

export interface Place {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * For services of AWS's query protocol; without parameters a plain GET, as S3 lists its buckets.
 * @returns the XML. @throws Error with what it answered
 */
export async function askQuery(
  place: Place,
  service: string,
  parameters: Readonly<Record<string, string>> | undefined,
): Promise<string> {
  if (parameters === undefined) return ask(place, service, { method: 'GET' });
  const body = new URLSearchParams(parameters).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return ask(place, service, { method: 'POST', headers, body });
}

/** For services of AWS's JSON protocol. @throws Error with what it answered */
export async function askJson(
  place: Place,
  service: string,
  { target, ...input }: { readonly target: string } & Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  const body = JSON.stringify(input);
  return JSON.parse(await ask(place, service, { method: 'POST', headers, body }));
}

interface Question {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function ask({ endpoint, accountId, region }: Place, service: string, question: Question) {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${accountId}/${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const response = await fetch(endpoint, {
    ...question,
    headers: {
      ...question.headers,
      'x-amz-date': date,
      // An account's number as the key is its root, whose signature nobody checks.
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
  });
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${service} answered ${response.status}: ${text.slice(0, 300)}`);
}
