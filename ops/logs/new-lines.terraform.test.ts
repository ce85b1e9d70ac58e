import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { serviceLog } from '../running/names.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { NewLines, newLines } from './new-lines.ts';

let dev: EmulatedDev;
let logs: CloudWatchLogsClient;
let group: string;
beforeAll(async () => {
  dev = await emulatedDev({ bucket: false });
  group = serviceLog(dev.environment);
  logs = new CloudWatchLogsClient({ region: dev.environment.region });
  await logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  for (const logStreamName of ['task/one', 'task/two']) {
    await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName }));
  }
});
afterAll(() => dev.emulator.stop());

const now = Date.now();

async function write(logStreamName: string, lines: readonly { at: number; text: string }[]) {
  const logEvents = lines.map(({ at, text }) => ({ timestamp: at, message: text }));
  await logs.send(new PutLogEventsCommand({ logGroupName: group, logStreamName, logEvents }));
}

async function read(lines: NewLines, pattern?: string): Promise<string[]> {
  const question = { group, lines, ...(pattern !== undefined && { pattern }) };
  const found: string[] = [];
  for await (const { text } of newLines(dev.environment, question)) found.push(text);
  return found;
}

test('lines of several tasks come oldest first, and each once', async () => {
  const lines = new NewLines(now - 60_000);
  await write('task/one', [
    { at: now - 5000, text: 'first' },
    { at: now - 3000, text: 'third' },
  ]);
  await write('task/two', [{ at: now - 4000, text: 'second' }]);

  expect(await read(lines)).toEqual(['first', 'second', 'third']);
  expect(await read(lines)).toEqual([]);
});

test('a line that comes late is shown the next time', async () => {
  const lines = new NewLines(now - 60_000);
  await read(lines);
  await write('task/two', [{ at: now - 4500, text: 'late' }]);

  expect(await read(lines)).toEqual(['late']);
});

test('only what matches, and nothing from before', async () => {
  await write('task/one', [
    { at: now - 3_600_000, text: 'an error of long ago' },
    { at: now - 2000, text: 'an error' },
  ]);

  expect(await read(new NewLines(now - 60_000), 'error')).toEqual(['an error']);
});
