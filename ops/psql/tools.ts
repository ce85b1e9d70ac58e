/** What entering a task takes on this machine: AWS's own programs, which speak its protocol. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { PROGRAMS } from '../../contract.ts';
import { CONTAINER } from '../../stacks/constructs/task-definition.ts';
import { Refusal } from '../deployment/refusal.ts';
import { clusterName } from '../running/names.ts';
import type { Console } from './console-task.ts';

const TOOLS = {
  aws: 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
  'session-manager-plugin':
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html',
};

/** @throws Refusal that names what is missing, and where it is */
export function requireTools(): void {
  const missing = Object.entries(TOOLS).filter(
    ([tool]) =>
      spawnSync(tool, ['--version'], { stdio: 'ignore', env: process.env }).error !== undefined,
  );
  if (missing.length === 0) return;
  const where = missing.map(([tool, page]) => `\n  ${tool}: ${page}`).join('');
  throw new Refusal(
    `to enter a task this machine needs${where}\nwithout them: --command 'SELECT …', which needs neither`,
  );
}

/** The operator's terminal becomes that of the session, until it is over. */
export function enterTask({ environment, arn }: Console): ChildProcess {
  const where = ['--region', environment.region, '--cluster', clusterName(environment)];
  const what = ['--task', arn, '--container', CONTAINER, '--interactive', '--command', ENTER];
  return spawn('aws', ['ecs', 'execute-command', ...where, ...what], {
    stdio: 'inherit',
    env: process.env,
  });
}

/** With its whole path: in which folder a session begins, AWS does not say. */
const ENTER = `node /app/${PROGRAMS.console} --enter`;
