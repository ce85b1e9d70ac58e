import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createLogger } from '../observability/logger.ts';
import { startAwsStandIn } from '../testing/aws-stand-in.ts';
import {
  DEFAULT_SETTINGS,
  fileSource,
  parameterSource,
  type SettingsSource,
  WatchedSettings,
} from './settings.ts';

let lines = '';
const log = createLogger(
  'info',
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines += chunk.toString();
      done();
    },
  }),
);
beforeEach(() => {
  lines = '';
});

async function read(...documents: (string | undefined)[]) {
  const rest = [...documents];
  const source: SettingsSource = () => Promise.resolve(rest.shift());
  const settings = new WatchedSettings(source, log);
  for (const _ of documents) await settings.refresh();
  return settings.current();
}

test('without a document everything has its default', async () => {
  expect(await read(undefined)).toEqual(DEFAULT_SETTINGS);
});

test('a document changes what it names', async () => {
  expect(await read('{"ordersOpen":false}')).toEqual({ ...DEFAULT_SETTINGS, ordersOpen: false });
});

test.each([
  ['broken JSON', '{"ordersOpen":'],
  ['a list', '[]'],
  ['an unknown setting', '{"ordersOpen":true,"colour":"blue"}'],
  ['a value of the wrong type', '{"maxOrderLines":"many"}'],
  ['a value out of range', '{"rateLimitPerMinute":0}'],
])('%s keeps the last good document and is logged', async (_, broken) => {
  expect(await read('{"maxOrderLines":7}', broken)).toMatchObject({ maxOrderLines: 7 });
  expect(lines).toContain('the last good ones stay');
});

test('a file is read again and again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'settings-'));
  const file = join(folder, 'settings.json');
  await writeFile(file, '{"maxOrderLines":1}');
  const settings = new WatchedSettings(fileSource(file), log);
  await settings.start(5);
  await writeFile(file, '{"maxOrderLines":2}');

  const deadline = Date.now() + 5000;
  while (settings.current().maxOrderLines !== 2 && Date.now() < deadline) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  settings.stop();
  await rm(folder, { recursive: true });

  expect(settings.current().maxOrderLines).toBe(2);
});

test('a parameter of Parameter Store is read through the SDK', async () => {
  const aws = await startAwsStandIn();
  aws.parameters.set('/store/settings', '{"ordersOpen":false}');

  const settings = new WatchedSettings(parameterSource('/store/settings'), log);
  await settings.refresh();
  const missing = new WatchedSettings(parameterSource('/nothing'), log);
  await missing.refresh();
  await aws.stop();

  expect(settings.current().ordersOpen).toBe(false);
  expect(missing.current()).toEqual(DEFAULT_SETTINGS);
  expect(lines).toContain('the last good ones stay');
});

test('a Parameter Store that gives no answer is asked again', async () => {
  const aws = await startAwsStandIn();
  aws.parameters.set('/store/settings', '{"ordersOpen":false}');
  aws.goAway('silent');

  const settings = new WatchedSettings(parameterSource('/store/settings'), log);
  const refreshed = settings.refresh();
  while (aws.asked === 0) await turn();
  aws.comeBack();
  await refreshed;
  await aws.stop();

  expect(settings.current().ordersOpen).toBe(false);
}, 10_000);
