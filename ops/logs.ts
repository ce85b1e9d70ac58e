/** `npm run logs`: what an environment's tasks write. */
import { environments } from '../stacks/environments.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { listenForSignals, wait } from './deployment/interruption.ts';
import { Refusal, WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { asWritten, layOut } from './logs/line.ts';
import { NewLines, newLines } from './logs/new-lines.ts';
import { millisecondsOf } from './logs/since.ts';
import { migrationLog, serviceLog } from './running/names.ts';

const USAGE = `Usage: npm run logs -- <environment> [--task service|migration] [--since <time>]
                   [--filter <pattern>] [--follow] [--json]

Prints what the tasks write, oldest first: of the service as time, level, route, status
and message.

  <environment>  a name of stacks/environments.ts
  --task         whose: service, or migration, which is the rotation's too; service by default
  --since        how far back, such as 90s, 15m, 2h or 1d; 15m by default
  --filter       only lines that match, in CloudWatch's words: 'error', '{ $.status >= 500 }'
  --follow       go on with new lines, every 2 seconds, until Ctrl-C
  --json         lines as they were written
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE. Nothing is changed.

Exits with 0, after Ctrl-C too, with 1 when the log cannot be read, 64 when the arguments
are wrong.
`;

const OPTIONS = {
  task: { type: 'string', default: 'service' },
  since: { type: 'string', default: '15m' },
  filter: { type: 'string' },
  follow: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Milliseconds between two questions. */
const PAUSE = 2000;

const LOGS = { service: serviceLog, migration: migrationLog };

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'logs',
    usage: USAGE,
    options: OPTIONS,
    run: async ({ values, positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      const group = logOf(values.task)(environment);
      const lines = new NewLines(Date.now() - millisecondsOf(values.since));
      await requireAccount(environment);
      endWithReader();
      const layout = values.json ? asWritten : layOut;
      const question = {
        group,
        lines,
        ...(values.filter !== undefined && { pattern: values.filter }),
      };
      const print = async () => {
        for await (const line of newLines(environment, question)) console.log(layout(line));
      };
      await print().catch(explain);
      if (values.follow) await follow(print);
      return 0;
    },
  });
}

function logOf(task: string) {
  if (task === 'service' || task === 'migration') return LOGS[task];
  throw new WrongUse(`--task must be service or migration, not '${task}'`);
}

async function follow(print: () => Promise<void>): Promise<void> {
  const signal = listenForSignals();
  // A Ctrl-C is how people end it, not a failure.
  const isOver = () =>
    wait(PAUSE, signal).then(
      () => false,
      () => true,
    );
  while (!(await isOver())) await print().catch(explain);
}

/** `… | head` has read enough. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

function explain(error: Error): never {
  if (error.name === 'ResourceNotFoundException') {
    throw new Refusal('there is no such log yet: the environment is not deployed');
  }
  if (error.name === 'InvalidParameterException') {
    throw new Refusal(`CloudWatch does not understand --filter: ${error.message}`);
  }
  throw error;
}
