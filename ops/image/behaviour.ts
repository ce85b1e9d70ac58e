/** What the image does when it is run as ECS runs it: read-only, no rights, not root. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { PROGRAMS, SERVICE_PORT } from '../../contract.ts';
import type { Check } from '../checks.ts';
import { imageArguments } from '../loopback/production-node.ts';
import { smokeChecks, whenReady } from '../smoke/questions.ts';
import { docker, outcomeOf } from './docker.ts';

const HARDENED = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];

/** Nobody is asked whether a token is good before one comes. */
const ENVIRONMENT = {
  DATABASE_URL: 'postgres://store:store@database/store',
  AUTH_ISSUER: 'https://issuer.invalid',
  AUTH_CLIENT_IDS: 'nobody',
  DRAIN_SECONDS: '0',
};

/** Seconds until the store must be ready, and in which it must end when its work is done. */
const START = 20;
const END = 5;

/**
 * A generator, because what is started for one check the next ones use.
 * @param corner options of `docker run`, see `openCorner`
 */
export function* behaviourChecks(image: string, corner: readonly string[]): Generator<Check> {
  const variables = Object.entries(ENVIRONMENT).flatMap(([name, value]) => [
    '--env',
    `${name}=${value}`,
  ]);
  const run = ['run', ...corner, ...HARDENED];

  yield {
    name: 'without configuration it names every missing variable and exits with 78',
    run: () => {
      const { status, text } = outcomeOf(...run, image);
      for (const variable of ['DATABASE_URL', 'AUTH_ISSUER', 'AUTH_CLIENT_IDS']) {
        assert.ok(text.includes(`${variable} is missing`), `${variable} is not named:\n${text}`);
      }
      assert.equal(status, 78);
    },
  };

  const database = startDatabase(corner);
  yield {
    name: 'the migration waits for a database that is starting, and again has nothing to do',
    run: () => {
      const migrate = [...run, ...variables, image, 'node', PROGRAMS.migrate];
      assert.match(docker(...migrate), /"schema migrated"/);
      assert.match(docker(...migrate), /"the schema is up to date"/);
    },
  };

  const publish = ['--publish', `127.0.0.1::${SERVICE_PORT}`];
  const store = docker(...run, '--detach', ...publish, ...variables, image);
  const url = `http://${docker('port', store, `${SERVICE_PORT}`)}`;
  yield {
    name: 'process 1 is node, and not root',
    run: async () => {
      await whenReady(url, START);
      assert.equal(inside(store, "fs.statSync('/proc/1').uid"), '1000');
      const command = inside(store, "fs.readFileSync('/proc/1/cmdline', 'utf8')");
      assert.deepEqual(command.split('\0'), ['node', ...imageArguments(), '']);
    },
  };
  yield* smokeChecks(url);
  yield pageCheck(url);

  yield {
    name: 'after SIGTERM it answers what it was asked before, then exits with 0',
    run: () => stopsInOrder({ store, url, database }),
  };
}

function pageCheck(url: string): Check {
  return {
    name: 'the page of the API has its files',
    run: async () => {
      const { status } = await fetch(`${url}/docs/static/swagger-ui-bundle.js`);
      assert.equal(status, 200);
    },
  };
}

/** @returns the URL of the owner, from outside */
function startDatabase(corner: readonly string[]): string {
  const variables = ['USER', 'PASSWORD', 'DB'].flatMap((name) => ['-e', `POSTGRES_${name}=store`]);
  const place = ['--network-alias', 'database', '--publish', '127.0.0.1::5432'];
  // In memory: nothing is left behind, and nothing waits for a disk.
  const disk = ['--tmpfs', '/var/lib/postgresql/data'];
  const run = ['run', ...corner, '--detach', ...place, ...disk, ...variables];
  const id = docker(...run, 'postgres:17');
  return `postgres://store:store@${docker('port', id, '5432')}/store`;
}

function inside(container: string, expression: string): string {
  return docker('exec', container, 'node', '-p', expression);
}

interface Stopping {
  readonly store: string;
  readonly url: string;
  readonly database: string;
}

/** The database makes a request wait for as long as the test wants, so that nothing is guessed. */
async function stopsInOrder({ store, url, database }: Stopping): Promise<void> {
  const owner = new Client(database);
  await owner.connect();
  try {
    await owner.query('BEGIN; LOCK TABLE products');
    const answer = fetch(`${url}/v1/products`).then(({ status }) => status, String);
    await until(async () => {
      const { rows } = await owner.query('SELECT FROM pg_locks WHERE NOT granted');
      return rows.length > 0;
    });
    docker('kill', '--signal', 'TERM', store);
    await until(() => docker('logs', store).includes('draining'));
    await owner.query('COMMIT');
    assert.equal(await answer, 200);
  } finally {
    await owner.end();
  }
  const since = performance.now();
  assert.equal(docker('wait', store), '0');
  assert.ok(performance.now() - since < END * 1000, `it took longer than ${END} s`);
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + START * 1000;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error(`nothing happened for ${START} s`);
    await pause(50);
  }
}
