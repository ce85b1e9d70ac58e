/** Requests to the emulated AWS whose answer is JSON, for services whose client is not installed. */
import { createHash, createHmac } from 'node:crypto';
import type { Emulator } from '../emulator.ts';

interface Question {
  /** As signatures name it, such as `wafv2`. */
  readonly service: string;
  /** With what precedes it, such as `AWSWAF_20190729.GetWebACL`. */
  readonly action: string;
  readonly body: object;
  /** @default the emulator's own: the account's root */
  readonly environment?: Readonly<Record<string, string>>;
}

interface Reply {
  readonly status: number;
  // Each test knows what it asked for.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** @returns also what was refused */
export async function ask(emulator: Emulator, question: Question): Promise<Reply> {
  const { service, action, environment = emulator.environment } = question;
  const body = JSON.stringify(question.body);
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    host: new URL(emulator.endpoint).host,
    'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
    'x-amz-target': action,
    ...(environment['AWS_SESSION_TOKEN'] && {
      'x-amz-security-token': environment['AWS_SESSION_TOKEN'],
    }),
  };
  const region = emulator.environment['AWS_REGION'] ?? '';
  const authorization = sign(headers, body, { region, service, environment });
  const response = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: { ...headers, authorization },
    body,
  });
  return { status: response.status, body: await response.json() };
}

interface Signer {
  readonly region: string;
  readonly service: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Signature Version 4 of AWS: IAM wants to know who asks. */
function sign(headers: Readonly<Record<string, string>>, body: string, signer: Signer): string {
  const { region, service, environment } = signer;
  const { AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' } = environment;
  const moment = headers['x-amz-date'] ?? '';
  const scope = `${moment.slice(0, 8)}/${region}/${service}/aws4_request`;
  const names = Object.keys(headers).toSorted();
  const fields = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = ['POST', '/', '', fields, names.join(';'), hash(body)].join('\n');
  const text = ['AWS4-HMAC-SHA256', moment, scope, hash(canonical)].join('\n');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((step, part) => hmac(step, part).digest(), `AWS4${secret}`);
  const signature = hmac(key, text).digest('hex');
  return `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);
