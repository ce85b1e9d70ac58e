/** `npm run psql`: the database by hand, in a task of its own that writes down who asked what. */
import { text } from 'node:stream/consumers';
import { environments } from '../stacks/environments.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { listenForSignals } from './deployment/interruption.ts';
import { Refusal, WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { enterSession, runStatements } from './psql/psql.ts';

const USAGE = `Usage: npm run --silent psql -- <environment> [--write] [--command <sql> | - [--csv]]

Asks an environment's database by hand, with the rights of the service: rows, never tables. It
starts a task of its own in the environment's network and stops it in the end. Your name and each
statement are written into the log /<project>-<environment>/psql before they run, so leave
secrets out of them.

Without --command you enter the task and type statements (\\? tells how). That takes AWS's command
line with its plugin for sessions on this machine; --command takes neither.

  <environment>  a name of stacks/environments.ts
  --write        statements may change rows; without it nothing can be changed
  --command      run these statements, print the answer and end; - takes them from standard input
  --csv          the answer as CSV
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE. A statement may take 30 s, a session
an hour.

Exits with 0, with 1 when a statement failed or the task did not start, 64 when the arguments are
wrong, 130 after Ctrl-C.
`;

const OPTIONS = {
  write: { type: 'boolean', default: false },
  command: { type: 'string' },
  csv: { type: 'boolean', default: false },
} as const;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'psql',
    usage: USAGE,
    options: OPTIONS,
    afterInterruption: 'the task is stopped, and an open transaction rolled back',
    run: async ({ values: { write, command, csv }, positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      if (csv && command === undefined) throw new WrongUse('--csv is for --command');
      if (command === undefined && !process.stdin.isTTY) {
        throw new Refusal(
          'a session needs a terminal: give statements with --command, or --command -',
        );
      }
      const who = await requireAccount(environment);
      const options = [...(write ? ['--write'] : []), ...(csv ? ['--csv'] : [])];
      const asked = { environment, who, options };
      const sql = command === '-' ? await text(process.stdin) : command;
      if (sql === undefined) return enterSession(asked, console.error, listenForSignals());
      const { text: answer, isWell } = await runStatements(asked, sql, listenForSignals());
      console.log(answer);
      return isWell ? 0 : 1;
    },
  });
}
