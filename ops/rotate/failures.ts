/** Rotations that failed, as stacks/constructs/task-failures.ts keeps them: the schedule's too. */
import type { Task } from '@aws-sdk/client-ecs';
import type { Environment } from '../../stacks/place.ts';
import { linesSince, type LogLine } from '../running/log.ts';
import { unlessGone } from '../running/unless-gone.ts';
import { endOf } from '../running/stopped-tasks.ts';

interface Failure {
  readonly at: Date;
  /** `ended with 1: Essential container in task exited`. */
  readonly how: string;
}

/** Oldest first; as far back as the log goes. */
export async function failedRotations(environment: Environment, since: Date): Promise<Failure[]> {
  const { prefix } = environment;
  const question = { group: `/aws/events/${prefix}-task-failures`, since: since.getTime() };
  const lines = (await unlessGone(allLines(environment, question))) ?? [];
  return lines.flatMap(({ at, text }) => {
    const { detail } = JSON.parse(text) as { readonly detail: Task };
    if (detail.group !== `family:${prefix}-rotate`) return [];
    return [{ at: new Date(at), how: endOf(detail) }];
  });
}

async function allLines(
  environment: Environment,
  question: Parameters<typeof linesSince>[1],
): Promise<LogLine[]> {
  const all: LogLine[] = [];
  for await (const page of linesSince(environment, question)) all.push(...page);
  return all;
}
