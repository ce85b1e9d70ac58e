import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { examine } from './diagnosis.ts';
import { tokenChecks } from './job-token.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'job-token-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const dev = anEnvironment('dev');

function eventFile(event: unknown): string {
  const file = join(folder, 'event.json');
  writeFileSync(file, JSON.stringify(event));
  return file;
}

test('outside of a job nothing is said of tokens', () => {
  expect(tokenChecks(dev, undefined, {})).toEqual([]);
});

test.each([false, true])('a job that may not ask is told what to write: %s', async (fork) => {
  const ours = { repo: { id: 1, fork } };
  const GITHUB_EVENT_PATH = eventFile({ pull_request: { head: ours, base: ours } });

  const [found] = await examine(
    tokenChecks(dev, undefined, { GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH }),
  );

  expect(found).toMatchObject({
    verdict: 'wrong',
    text: expect.stringContaining('id-token: write'),
  });
});

test.each([{ id: 2 }, null])('a pull request of a fork gets none: %j', async (repo) => {
  const base = { repo: { id: 1 } };
  const GITHUB_EVENT_PATH = eventFile({ pull_request: { head: { repo }, base } });

  const [found] = await examine(
    tokenChecks(dev, undefined, { GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH }),
  );

  expect(found).toMatchObject({ verdict: 'wrong', text: expect.stringContaining('of forks') });
});

test('a job that may ask is given a token for AWS, which is judged', async () => {
  const asked: unknown[] = [];
  const github = createServer(({ url, headers }, response) => {
    asked.push([url, headers.authorization]);
    response.end(JSON.stringify({ value: 'no token' }));
  }).listen(0, '127.0.0.1');
  await once(github, 'listening');
  const { port } = github.address() as AddressInfo;
  try {
    const [found] = await examine(
      tokenChecks(dev, undefined, {
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
      }),
    );

    expect(asked).toEqual([['/token?api-version=2&audience=sts.amazonaws.com', 'Bearer secret']]);
    expect(found).toMatchObject({
      verdict: 'wrong',
      text: expect.stringContaining('JSON Web Token'),
    });
  } finally {
    github.close();
  }
});

test('a file that is not there is said', async () => {
  const [found] = await examine(tokenChecks(dev, join(folder, 'none'), {}));

  expect(found).toMatchObject({
    verdict: 'wrong',
    text: expect.stringContaining('cannot be read'),
  });
});
