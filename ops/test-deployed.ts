/** `npm run test:deployed -- <url>`: the integration tests, against any store that is running. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isPeopleKind, PEOPLE_KINDS, peopleOf, type PeopleSource } from './deployed/people.ts';
import { type Target, toEnvironment } from './deployed/target.ts';

const USAGE = `Usage: npm run test:deployed -- <url> [options]

Runs the integration tests against the store at <url>, such as http://localhost:3000. They make
people, products, orders and keys of their own and take them away again; what others have in the
store is left alone. Orders cannot be deleted: theirs stay, none of them open. Who interrupts the
tests leaves products with SKUs and keys with names that begin with test-.

Options:
  --people <kind>    where the people come from: ${PEOPLE_KINDS.join(', ')} (default: local)
  --user-pool <id>   of Cognito, where the people are made and removed
  --client <id>      of that pool; it must allow ADMIN_USER_PASSWORD_AUTH
  --currency <code>  what the store sells in (default: EUR)
  --help             shows this

local: a store in development, which signs tokens for whoever asks. cognito: needs AWS_REGION and
credentials that may make people in the pool; npm run outputs tells both ids. A web firewall counts
requests: the tests send about 1500 from one address, so its limit for five minutes must be higher.
`;

/** Of sysexits.h: the command was used wrongly. */
const EXIT_USAGE = 64;

/** Milliseconds until a store that says nothing counts as unreachable. */
const PATIENCE = 10_000;

class UsageError extends Error {}

async function main(): Promise<number> {
  try {
    const target = readArguments();
    if (target === 'help') {
      process.stdout.write(USAGE);
      return 0;
    }
    await checkStore(target);
    return await runTests(target);
  } catch (error) {
    const { message } = error as Error;
    process.stderr.write(`test:deployed: ${message}\n`);
    if (!(error instanceof UsageError)) return 1;
    process.stderr.write(`\n${USAGE}`);
    return EXIT_USAGE;
  }
}

/** @throws UsageError */
function readArguments(): Target | 'help' {
  const { values, positionals } = parse();
  const { people: kind, currency, help } = values;
  if (help) return 'help';
  const [url, ...more] = positionals;
  if (url === undefined) throw new UsageError('the URL of a store is missing');
  if (more.length > 0) throw new UsageError(`one URL is expected, not also ${more.join(' ')}`);
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '') || /[?#]/.test(url)) {
    throw new UsageError(`${url} is not the URL of a store`);
  }
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new UsageError(`--currency must be an ISO 4217 code, not ${currency}`);
  }
  return { url: url.replace(/\/+$/, ''), people: readPeople(kind, values), currency };
}

/** @throws UsageError */
function readPeople(kind: string, values: ReturnType<typeof parse>['values']): PeopleSource {
  if (!isPeopleKind(kind)) {
    throw new UsageError(`--people must be ${PEOPLE_KINDS.join(' or ')}, not ${kind}`);
  }
  const { 'user-pool': userPoolId, client: clientId } = values;
  if (kind === 'local') return { kind };
  if (userPoolId === undefined || clientId === undefined) {
    throw new UsageError('--people cognito needs --user-pool and --client');
  }
  if ((process.env['AWS_REGION'] ?? '') === '') {
    throw new UsageError('AWS_REGION must say where the pool is');
  }
  return { kind, userPoolId, clientId };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        people: { type: 'string', default: 'local' },
        'user-pool': { type: 'string' },
        client: { type: 'string' },
        currency: { type: 'string', default: 'EUR' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** One line now is better than the same failure from each test. No front door shows health. */
async function checkStore({ url, people }: Target): Promise<void> {
  const response = await fetch(`${url}/v1/products?limit=1`, {
    // The tests follow none either: the URL must be the one that answers.
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE),
  }).catch((error: unknown) => {
    throw new Error(`the store at ${url} cannot be reached: ${reasonOf(error)}`);
  });
  if (!response.ok) {
    throw new Error(`no store answers at ${url}: GET /v1/products answered ${response.status}`);
  }
  const source = peopleOf(people, url);
  await source.newCustomer();
  await source.remove();
}

/** `fetch` says "fetch failed"; why, its cause says. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message } = error;
  if (!(cause instanceof Error)) return message;
  // Of several addresses that were tried, none has a sentence of its own.
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
}

/** The exit code of Jest. A signal is passed on: Jest decides what becomes of it. */
function runTests(target: Target): Promise<number> {
  const jest = fileURLToPath(import.meta.resolve('jest/bin/jest'));
  const config = fileURLToPath(new URL('deployed/jest.config.ts', import.meta.url));
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, jest, '--config', config], {
    stdio: 'inherit',
    env: { ...process.env, ...toEnvironment(target) },
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

process.exitCode = await main();
