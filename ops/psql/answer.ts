/** What the console answered, put together from its log; service/console/answer.ts writes it. */
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CONTAINER } from '../../stacks/constructs/task-definition.ts';
import type { Environment } from '../../stacks/place.ts';
import { wait } from '../deployment/interruption.ts';
import { consoleLog } from '../running/names.ts';

/** How often it is looked for, and milliseconds between: CloudWatch shows lines seconds later. */
const LOOKS = 20;
const PAUSE = 1000;

interface Piece {
  readonly piece: number;
  readonly of: number;
  readonly text: string;
}

/** @returns undefined when it is never shown whole. @throws Interrupted */
export async function answerOf(
  environment: Environment,
  taskId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    const whole = assembled(await linesOf(environment, taskId));
    if (whole !== undefined) return whole;
    await wait(PAUSE, signal);
  }
  return undefined;
}

/** @param lines of the log. @returns the text, once no piece is missing */
export function assembled(lines: readonly string[]): string | undefined {
  const pieces = lines.flatMap((line) => pieceIn(line) ?? []);
  const [first] = pieces;
  if (first === undefined || pieces.length < first.of) return undefined;
  return pieces
    .toSorted((one, other) => one.piece - other.piece)
    .map(({ text }) => text)
    .join('');
}

function pieceIn(line: string): Piece | undefined {
  try {
    return (JSON.parse(line) as { readonly answer?: Piece }).answer;
  } catch {
    // Not every line is ours.
    return undefined;
  }
}

async function linesOf(environment: Environment, taskId: string): Promise<string[]> {
  const client = new CloudWatchLogsClient({ region: environment.region });
  const lines: string[] = [];
  let nextToken: string | undefined;
  for (;;) {
    const question = new GetLogEventsCommand({
      logGroupName: consoleLog(environment),
      // As the awslogs driver calls it: prefix, container, task.
      logStreamName: `task/${CONTAINER}/${taskId}`,
      startFromHead: true,
      ...(nextToken !== undefined && { nextToken }),
    });
    const page = await client.send(question).catch((error: unknown) => {
      if ((error as Error).name === 'ResourceNotFoundException') return undefined;
      throw error;
    });
    lines.push(...(page?.events ?? []).map(({ message }) => message ?? ''));
    // The end is where the token stays the same.
    if (page === undefined || page.nextForwardToken === nextToken) return lines;
    nextToken = page.nextForwardToken;
  }
}
