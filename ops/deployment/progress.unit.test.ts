import { EventEmitter } from 'node:events';
import { Interrupted } from '../terraform/terraform.ts';
import { Progress } from './progress.ts';

const { jest } = import.meta;
const MINUTE = 60_000;

let lines: string[];
const wasTerminal = process.stdout.isTTY;

beforeEach(() => {
  lines = [];
  process.stdout.isTTY = false;
  jest.useFakeTimers();
  jest.spyOn(console, 'log').mockImplementation((text) => void lines.push(String(text)));
});

afterEach(() => {
  process.stdout.isTTY = wasTerminal;
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('without a terminal a line a minute says what a silent step is at', async () => {
  const end = Promise.withResolvers<undefined>();
  const step = new Progress().step('database', async (say) => {
    say('planning');
    await end.promise;
  });

  jest.advanceTimersByTime(2.5 * MINUTE);
  end.resolve(undefined);
  await step;

  expect(lines.slice(2, -1)).toEqual([
    '        database: still at it, planning (1:00 min)',
    '        database: still at it, planning (2:00 min)',
  ]);
  expect(jest.getTimerCount()).toBe(0);
});

test('a step that speaks for itself is not spoken for', async () => {
  const end = Promise.withResolvers<undefined>();
  let said = 0;
  const step = new Progress().step('tasks', async (say) => {
    setInterval(() => say(`${(said += 1)} of 9 run`), MINUTE / 2);
    await end.promise;
  });

  jest.advanceTimersByTime(3 * MINUTE);
  end.resolve(undefined);
  await step;

  expect(lines.join('\n')).not.toContain('still at it');
});

test('a terminal that was closed does not stop what is put in order', () => {
  expect(new Progress().done).toEqual([]);
  expect(new Progress().done).toEqual([]);

  // Without anybody who hears of it this would be thrown.
  EventEmitter.prototype.emit.call(process.stdout, 'error', new Error('write EIO'));

  expect(process.stdout.listeners('error').filter(({ name }) => name === 'goOn')).toHaveLength(1);
});

test('a question ends when somebody asks us to stop', async () => {
  jest.useRealTimers();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const asked = new AbortController();

  const answer = new Progress().ask('Apply this?', asked.signal);
  asked.abort(new Interrupted('stopped by SIGTERM'));

  await expect(answer).rejects.toThrow(new Interrupted('stopped by SIGTERM'));
});
