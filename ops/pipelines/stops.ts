/** Environments that let a repository's jobs in, and the way of a commit through them. */
import { TEMPLATE_ACCOUNT } from '../../stacks/environments.ts';
import { PIPELINES_PATH } from '../../stacks/pipelines/pipeline-role.ts';
import type { Pipeline } from '../../stacks/pipelines/subjects.ts';
import type { Environment } from '../../stacks/place.ts';

export interface Stop {
  readonly name: string;
  readonly production: boolean;
  readonly region: string;
  readonly account: string;
  /** ARNs. */
  readonly planRole: string;
  readonly applyRole: string;
}

export interface Chain {
  readonly first?: Stop;
  readonly middle?: NextStop;
  readonly production?: NextStop;
}

/** `from` is where its image has served before. */
type NextStop = Stop & { readonly from: string };

/** @param repository `octo-org/store`. @default whichever the environments let in */
export function stopsOf(environments: readonly Environment[], repository?: string): Stop[] {
  return environments
    .filter(
      ({ accountId, github }) =>
        accountId !== TEMPLATE_ACCOUNT &&
        github !== undefined &&
        github.repository === (repository ?? github.repository),
    )
    .map((environment) => ({
      name: environment.name,
      production: environment.production,
      region: environment.region,
      account: environment.accountId,
      planRole: roleArn(environment, 'plan'),
      applyRole: roleArn(environment, 'apply'),
    }));
}

/**
 * In the order of the table: built in the first one that is not production, tested once more in the
 * last such one, then in production. What stands between them, a pipeline only plans.
 */
export function chainOf(stops: readonly Stop[]): Chain {
  const before = stops.filter(({ production }) => !production);
  const [first] = before;
  const last = before.at(-1);
  const production = stops.find((stop) => stop.production);
  if (first === undefined || last === undefined) return {};
  return {
    first,
    ...(last !== first && { middle: { ...last, from: first.name } }),
    ...(production !== undefined && { production: { ...production, from: last.name } }),
  };
}

/** One sentence that names the command to run. */
export function whyNone(environments: readonly Environment[], repository?: string): string {
  const letIn = environments.flatMap(({ github, accountId }) =>
    github === undefined || accountId === TEMPLATE_ACCOUNT ? [] : [github.repository],
  );
  const [other] = letIn;
  if (other !== undefined) {
    return `stacks/environments.ts lets in ${other}, and this is ${repository}: nothing is planned or released from here.`;
  }
  const name = environments[0]?.name ?? 'dev';
  return `No environment lets this repository in, so nothing is planned or released. Give ${name} its accountId and github in stacks/environments.ts, then run: npm run bootstrap -- ${name} (docs/pipelines.md)`;
}

/** As the registry stack makes it. */
function roleArn({ accountId, prefix }: Environment, pipeline: Pipeline): string {
  return `arn:aws:iam::${accountId}:role${PIPELINES_PATH}${prefix}-${pipeline}`;
}
