/** What every workflow keeps to, whoever writes the next one. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasToken, ofJob, ofPermissions, ONE_STEP } from './job-promises.ts';
import { ofStep } from './step-promises.ts';
import { readWorkflow, type Step, stepsOfAction, type Workflow } from './workflow.ts';

/** What may start a job. The others run with rights and let strangers decide what runs. */
const TRIGGERS = ['pull_request', 'push', 'schedule', 'workflow_dispatch'];

const ACTION = join(import.meta.dirname, '../../.github/actions/prepare/action.yml');

/** @param folder of workflows. @returns a sentence for each broken one */
export async function brokenPromises(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).toSorted();
  const found = await Promise.all(
    files.map(async (file) => {
      const problems = problemsOf(await readFile(join(folder, file), 'utf8'));
      return problems.map((problem) => `${file}: ${problem}`);
    }),
  );
  const action = existsSync(ACTION) ? problemsOfAction(await readFile(ACTION, 'utf8')) : [];
  return [...found.flat(), ...action.map((problem) => `actions/prepare: ${problem}`)];
}

/** @param text of a workflow */
export function problemsOf(text: string): string[] {
  const workflow = readWorkflow(text);
  const problems = [...ofWorkflow(workflow)];
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const all = [ofPermissions(job, workflow), ofJob(job, workflow), ofSteps(job.steps, text)];
    for (const some of all) problems.push(...some.map((problem) => `${name}: ${problem}`));
  }
  return problems;
}

/** @param text of an action of ours */
export function problemsOfAction(text: string): string[] {
  return [...ofSteps(stepsOfAction(text), text)];
}

function* ofSteps(steps: readonly Step[], text: string): Generator<string> {
  for (const step of steps) yield* ofStep(step, text);
}

function* ofWorkflow({ triggers, push, env, permissions, text }: Workflow): Generator<string> {
  for (const trigger of triggers.filter((one) => !TRIGGERS.includes(one))) {
    yield `${trigger} starts it: only ${TRIGGERS.join(', ')} may`;
  }
  if (triggers.includes('push') && JSON.stringify(push) !== '{"branches":["main"]}') {
    yield 'a push starts it: only one to main may, branches: [main]';
  }
  if (hasToken(env)) yield ONE_STEP;
  if (JSON.stringify(permissions) !== '{}') yield 'permissions at the top must be {}';
  if (/\bsecrets\s*[.[]|secrets:\s*inherit/.test(text)) {
    yield 'it uses a secret: roles come with id-token, and github.token is the job’s own';
  }
}
