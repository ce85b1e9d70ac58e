/** What a job keeps to that comes into AWS. */
import type { Job, Step, Workflow } from './workflow.ts';

const CREDENTIALS = 'aws-actions/configure-aws-credentials@';
const PREPARE = './.github/actions/prepare';
const NEWEST = 'node ops/pipelines/newest.ts "$ENVIRONMENT"';

export function* ofRole(role: string, job: Job, { triggers }: Workflow): Generator<string> {
  const prepared = job.steps.findIndex(({ uses }) => uses === PREPARE);
  const comesIn = job.steps.findIndex(({ uses }) => uses?.startsWith(CREDENTIALS));
  if (prepared === -1 || prepared > comesIn) yield 'packages are installed before it has a role';
  if (/^\$\{\{ [\w.()-]+\.planRole \}\}$/.test(role)) {
    if (job.environment !== undefined)
      yield 'the role that plans is not trusted with an environment';
    return;
  }
  if (!/^\$\{\{ [\w.()-]+\.applyRole \}\}$/.test(role)) {
    yield `its role is '${role}', and not planRole or applyRole of the table`;
    return;
  }
  if (triggers.join(' ') !== 'push') yield 'it applies, so nothing but a push to main may start it';
  yield* ofApproval(role, job);
  yield* ofApplyingSteps(job.steps);
}

function* ofApproval(role: string, { environment, concurrency }: Job): Generator<string> {
  if (nameOf(environment) !== role.replace('.applyRole', '.name')) {
    yield 'it applies, so it must name the environment of its role: GitHub asks for the approval there';
  }
  if (concurrency?.group !== `deploy-${nameOf(environment)}`) {
    yield 'it applies, so its concurrency group is deploy-<environment>';
  }
  if (concurrency?.['cancel-in-progress'] !== false) {
    yield 'it applies, so it is never cancelled: cancel-in-progress: false';
  }
}

function* ofApplyingSteps(steps: readonly Step[]): Generator<string> {
  const releases = steps.findIndex(({ run }) => /^npm run (release|promote) /.test(run ?? ''));
  const looks = steps.findIndex(({ run }) => run === NEWEST);
  if (looks === -1 || looks > releases) {
    yield `it applies, so it asks first whether something newer is there: ${NEWEST}`;
  }
  const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
  if (checkout?.with?.['fetch-depth'] !== 0) yield `${NEWEST} needs all commits: fetch-depth: 0`;
  if (steps.some((step) => step.if !== undefined)) {
    yield 'it applies, so a step that fails is its end: no step has an if';
  }
  // What is not committed is not released in production.
  if (steps.some(({ run }) => /--out (?!"\$RUNNER_TEMP\/)/.test(run ?? ''))) {
    yield 'it applies, so it writes outside of the checkout: --out "$RUNNER_TEMP/…"';
  }
}

export function rolesOf({ steps }: Job): string[] {
  return steps
    .filter(({ uses }: Step) => uses?.startsWith(CREDENTIALS))
    .map((step) => String(step.with?.['role-to-assume']));
}

function nameOf(environment: unknown): string {
  if (typeof environment === 'string') return environment;
  return String((environment as { readonly name?: unknown } | undefined)?.name);
}
