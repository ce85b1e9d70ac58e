/** The SQL console of operators, in a task of its own; `npm run psql` starts it. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { destination } from 'pino';
import { loadSeedConfig } from './config.ts';
import { tellAnswer } from './console/answer.ts';
import { connect } from './console/connection.ts';
import { letIn } from './console/entrance.ts';
import { Session } from './console/session.ts';
import { asCsv } from './console/table.ts';
import { enter } from './console/terminal.ts';
import { secretsManager } from './database/secret-store.ts';
import { runCommand, StartError } from './exit.ts';
import { createLogger, type Logger } from './observability/logger.ts';

const PROGRAM = basename(import.meta.filename);
const HELP = `node service/${PROGRAM} --who <name> [--write] [--command <sql> [--csv]]
node service/${PROGRAM} --enter

A session on the database with the login of the service. Each statement is a line of the log,
with the name, before it runs. Without --write nothing can be changed.

  --who      whose session it is
  --write    statements may change rows
  --command  runs these statements, writes the answer into the log and ends
  --csv      the answer as CSV
  --enter    from another process: takes the session that waits for somebody
`;

const OPTIONS = {
  who: { type: 'string' },
  write: { type: 'boolean', default: false },
  command: { type: 'string' },
  csv: { type: 'boolean', default: false },
  enter: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

interface Options {
  readonly who: string;
  readonly write: boolean;
  readonly command?: string;
  readonly csv: boolean;
}

async function main(args: string[]): Promise<void> {
  const { who, help, enter: enters, ...rest } = read(args);
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (enters) return enter();
  if (who === undefined) throw new StartError('whose session is it? say so with --who, see --help');
  await hold({ ...rest, who });
}

function read(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}, see --help`);
  }
}

async function hold({ who, write, command, csv }: Options): Promise<void> {
  const { database } = loadSeedConfig();
  // Synchronous: what is not written down is not run.
  const log = createLogger('info', destination({ sync: true })).child({ who, write });
  const notices: string[] = [];
  const client = await connect(database, secretsManager(), (notice) => notices.push(notice));
  try {
    const parts = { client, log, isWriting: write, notices };
    const session = new Session({ ...parts, ...(csv && { layout: asCsv }) });
    log.info('session');
    if (command === undefined) {
      log.info({ ending: await letIn(session, greeting(write)) }, 'session over');
    } else {
      await answer(session, command, log);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function answer(session: Session, command: string, log: Logger): Promise<void> {
  const text = command.trim();
  // A semicolon too many is none; one on a line of its own ends no comment's line.
  const reply = await session.take(text.startsWith('\\') ? text : `${text}\n;`);
  const isCut = session.hasBegun;
  tellAnswer(
    log,
    isCut ? 'a quote or a comment has no end, and nothing after it was run' : reply.text,
  );
  if (reply.failed || isCut) process.exitCode = 1;
}

function greeting(isWriting: boolean): string {
  const may = isWriting
    ? 'Statements CHANGE ROWS, each at once unless you BEGIN.'
    : 'Nothing can be changed here.';
  return `${may} Each statement is logged with your name. \\? for help, \\q to end.`;
}

if (import.meta.main) void runCommand('psql', () => main(process.argv.slice(2)));
