/** Draws requests and sends them; of one that fails, finds the smallest that still does. */
import * as fc from 'fast-check';
import { hostileRequest } from './hostile.ts';
import { nearRequest } from './near.ts';
import type { Generated } from './request.ts';
import { isRaw, prepare, send, type Sender, type Sent } from './send.ts';
import type { RawAnswer } from './socket.ts';
import type { Tally } from './tally.ts';
import { validRequest } from './valid.ts';
import { faultOf } from './verdict.ts';

const anyRequest: fc.Arbitrary<Generated> = fc.oneof(
  { weight: 4, arbitrary: validRequest() },
  { weight: 3, arbitrary: nearRequest() },
  { weight: 3, arbitrary: hostileRequest() },
);

/** Milliseconds that finding the smallest may take. */
const SHRINKING = 20_000;

/** @returns what failed, as small as it could be made, and how to have it again */
export async function tryBatch(
  sender: Sender,
  tally: Tally,
  { seed, count }: { seed: number; count: number },
): Promise<string | undefined> {
  let failedAt: number | undefined;
  const property = fc.asyncProperty(anyRequest, async (generated) => {
    if (failedAt !== undefined && performance.now() - failedAt > SHRINKING) return;
    const fault = await trial(sender, tally, generated);
    if (fault === undefined) return;
    failedAt ??= performance.now();
    throw new Error(fault);
  });
  const { failed, errorInstance } = await fc.check(property, { seed, numRuns: count });
  if (!failed) return undefined;
  return errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
}

async function trial(sender: Sender, tally: Tally, generated: Generated) {
  const sent = prepare(generated, sender);
  const from = performance.now();
  let answers: RawAnswer[];
  try {
    answers = await send(sent, sender);
  } catch (error) {
    return `${written(generated, sent)} was not answered: ${(error as Error).message}`;
  }
  const raw = isRaw(sent);
  if (raw) tally.countRaw(answers.length);
  for (const answer of answers) {
    const { status, body } = answer;
    const milliseconds = performance.now() - from;
    tally.count(generated.sort, generated.operation, { status, milliseconds });
    const fault = faultOf(generated, sent, answer);
    if (fault !== undefined) {
      return `${written(generated, sent)} was answered ${status}, ${fault}; ${shortened(body)}`;
    }
    const isSuccess = !raw && status < 300;
    if (isSuccess) sender.known.learn({ ...sent, caller: generated.caller }, body);
  }
  return undefined;
}

/** As short as a person can still repeat it. Tokens are not told. */
function written({ sort, caller }: Generated, sent: Sent): string {
  const { method, path, headers, body, wire } = sent;
  const fields = headers.filter(([name]) => name !== 'authorization');
  const text = body?.toString() ?? '';
  const parts = [
    `${sort}: ${method} ${shortened(path)} by ${caller}`,
    ...(fields.length > 0 ? [`with ${shortened(JSON.stringify(fields))}`] : []),
    ...(body === undefined ? [] : [`and ${body.length} bytes: ${shortened(JSON.stringify(text))}`]),
    ...(wire === undefined ? [] : [`written as ${shortened(JSON.stringify(wire))}`]),
  ];
  return parts.join(' ');
}

function shortened(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}
