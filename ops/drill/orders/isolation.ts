/** What somebody gains who has the service's login, or who sends SQL where text is asked for. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Home, openHome } from '../../loopback/home.ts';
import { type Service, startService } from '../../loopback/service.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { inject, type Injection } from './injection.ts';
import { faultsInLog } from '../server-log.ts';
import { trespass } from './trespass.ts';

export const isolation: Drill = {
  name: 'isolation',
  breaks: 'somebody has the login of the service, or sends SQL where text is asked for',
  promise: 'rows of the store are all the login reaches, and text stays text',
  seconds: 180,
  run,
};

/** A small form tries every nth text at each place. */
const EVERY: Readonly<Record<Ground['size'], number>> = { full: 1, small: 26 };

/** User and SQLSTATE before every line of the database's log. */
const LOG_PREFIX = '%u/%e/';

async function run({ size, say, signal }: Ground): Promise<Outcome> {
  const home = await openHome([`log_line_prefix=${LOG_PREFIX}`]);
  try {
    const service = await startService(home);
    const injection = await tryTexts(home, service, { size, signal });
    say(`${injection.sent} texts sent to ${injection.inputs} places`);
    // Before the login is tried itself, which is refused on purpose.
    const misread = await misreadStatements(home.postgres.data);
    const { tried, broken } = await trespass(home);
    say(`${tried} statements tried as the login`);
    return {
      figures: [
        ['places that take text', String(injection.inputs)],
        ['texts sent', String(injection.sent)],
        ['let in, kept as they were', String(injection.accepted)],
        ['statements PostgreSQL could not read', String(misread.length)],
        ['statements tried as the login', String(tried)],
      ],
      broken: [
        ...injection.broken,
        ...misread.map((line) => `a text reached the parser of PostgreSQL: ${line}`),
        ...broken,
        ...(await faultsInLog(service.logFile)),
      ],
    };
  } finally {
    await home.close();
  }
}

async function tryTexts(
  home: Home,
  service: Service,
  { size, signal }: Pick<Ground, 'size' | 'signal'>,
): Promise<Injection> {
  try {
    return await inject({ home, url: service.url, every: EVERY[size], signal });
  } finally {
    await service.stop();
  }
}

/** SQLSTATE class 42: syntax errors, unknown names, missing privileges; and 22: unfit data. */
async function misreadStatements(data: string): Promise<string[]> {
  const log = await readFile(join(dirname(data), 'server.log'), 'utf8');
  return log.split('\n').filter((line) => /^store_app\w*\/(42|22)\w{3}\/ERROR/.test(line));
}
