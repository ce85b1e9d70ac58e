/** Lines that tasks wrote, in CloudWatch. */
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Environment } from '../../stacks/place.ts';
import { CONTAINER } from '../../stacks/constructs/task-definition.ts';

/** The last lines of one task, oldest first; none where it never wrote. */
export async function lastLines(
  { region }: Environment,
  {
    group,
    taskId,
    count,
  }: { readonly group: string; readonly taskId: string; readonly count: number },
): Promise<string[]> {
  const question = new GetLogEventsCommand({
    logGroupName: group,
    // As the awslogs driver calls it: prefix, container, task.
    logStreamName: `task/${CONTAINER}/${taskId}`,
    limit: count,
    startFromHead: false,
  });
  try {
    const { events = [] } = await new CloudWatchLogsClient({ region }).send(question);
    return events.map(({ message }) => (message ?? '').trimEnd()).slice(-count);
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return [];
    throw error;
  }
}

export interface LogLine {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly id: string;
  readonly text: string;
}

/** What all tasks of a group wrote since a moment, oldest first, a page at a time. */
export async function* linesSince(
  { region }: Environment,
  {
    group,
    since,
    pattern,
  }: { readonly group: string; readonly since: number; readonly pattern?: string },
): AsyncGenerator<LogLine[]> {
  const client = new CloudWatchLogsClient({ region });
  let nextToken: string | undefined;
  do {
    const answer = await client.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        startTime: since,
        ...(pattern !== undefined && { filterPattern: pattern }),
        ...(nextToken !== undefined && { nextToken }),
      }),
    );
    yield (answer.events ?? []).map(({ timestamp, eventId, message }) => ({
      at: timestamp ?? 0,
      id: eventId ?? '',
      text: (message ?? '').trimEnd(),
    }));
    ({ nextToken } = answer);
  } while (nextToken !== undefined);
}
