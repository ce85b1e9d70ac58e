/** What every job keeps to: what it may do, when, and how long. */
import { ofRole, rolesOf } from './role-promises.ts';
import type { Job, Workflow } from './workflow.ts';

const OWN = [
  'github.event.pull_request.head.repo.full_name == github.repository',
  "github.event.pull_request.user.login != 'dependabot[bot]'",
];
export const ONE_STEP =
  'github.token is for the step that writes, not for packages which are installed before';

/** All that a job may have. Nothing here writes code. */
const PERMISSIONS = new Set([
  'contents: read',
  'id-token: write',
  'issues: write',
  'pull-requests: write',
]);
/** Minutes. GitHub's own limit is six hours. */
const LONGEST = 180;

export function* ofPermissions(job: Job, { triggers }: Workflow): Generator<string> {
  const { permissions } = job;
  if (typeof permissions !== 'object' || permissions === null) {
    yield 'its permissions must be said, one by one';
    return;
  }
  const given = Object.entries(permissions).map(([name, value]) => `${name}: ${String(value)}`);
  for (const one of given.filter((each) => !PERMISSIONS.has(each))) yield `it has ${one}`;
  const writes = given.filter((one) => one.endsWith(': write'));
  const comesIn = writes.includes('id-token: write');
  if (comesIn && writes.length > 1) yield 'it comes into AWS and writes on GitHub: take two jobs';
  const needsRole = rolesOf(job).length > 0;
  if (comesIn !== needsRole) yield 'id-token: write goes with a role, and only with one';
  const writesForForks = writes.length > 0 && triggers.includes('pull_request');
  if (writesForForks && !isOnlyForOwn(job)) {
    yield `it may write, so forks and Dependabot are kept out: if: ${OWN.join(' && ')}`;
  }
}

export function* ofJob(job: Job, workflow: Workflow): Generator<string> {
  const minutes = job['timeout-minutes'];
  if (minutes === undefined || minutes > LONGEST) yield `timeout-minutes: at most ${LONGEST}`;
  if ((job.concurrency ?? workflow.concurrency)?.group === undefined) {
    yield 'concurrency is missing, at the job or at the top';
  }
  if (!/^ubuntu-\d+\.\d+$/.test(String(job['runs-on']))) {
    yield 'runs-on: a machine of GitHub’s, which is new for each job: ubuntu-24.04';
  }
  if (job['continue-on-error'] !== undefined) yield 'continue-on-error hides what went wrong';
  if (hasToken(job.env)) yield ONE_STEP;
  for (const role of rolesOf(job)) yield* ofRole(role, job, workflow);
}

export function hasToken(env: Readonly<Record<string, string>> = {}): boolean {
  return Object.values(env).some((value) => /github\.token/i.test(value));
}

function isOnlyForOwn({ if: condition = '' }: Job): boolean {
  const parts = new Set(
    condition
      .replace(/^\$\{\{(.*)\}\}$/s, '$1')
      .split('&&')
      .map((part) => part.trim()),
  );
  return !condition.includes('||') && OWN.every((part) => parts.has(part));
}
