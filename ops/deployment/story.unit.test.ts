import { inPast, Story, summary } from './story.ts';

function told(...messages: readonly object[]): Story {
  const story = new Story(() => undefined);
  for (const message of messages) story.hear(JSON.stringify(message));
  return story;
}

const begun = (addr: string) => ({ type: 'apply_start', hook: { resource: { addr } } });
const done = (addr: string) => ({ type: 'apply_complete', hook: { resource: { addr } } });
const planned = (addr: string, action: string) => ({
  type: 'planned_change',
  change: { resource: { addr }, action },
});

test('what a plan would lose is named, all else is counted', () => {
  const { changes } = told(
    planned('aws_a.one', 'create'),
    planned('aws_a.two', 'create'),
    planned('aws_b.three', 'replace'),
    planned('aws_c.four', 'noop'),
    planned('aws_c.five', 'move'),
  );

  expect(summary(changes)).toBe('2 to create, 1 to move, 1 to replace (aws_b.three)');
});

test('what was done is told of every kind of change', () => {
  const summaries =
    '2 to create, 1 to update, 1 to move, 1 to delete (aws_a.x), 1 to replace (aws_b.y)';

  expect(inPast(summaries)).toBe(
    '2 created, 1 updated, 1 moved, 1 deleted (aws_a.x), 1 replaced (aws_b.y)',
  );
});

test('says what has begun and not ended, for whoever asks why it takes so long', () => {
  const story = told(begun('aws_lb.door'), begun('aws_a.one'), done('aws_a.one'));

  expect(story.waitsFor()).toBe('aws_lb.door');
});

test('errors are told with their place; warnings and what is no JSON are not', () => {
  const error = {
    severity: 'error',
    summary: 'creating: denied',
    detail: '',
    address: 'aws_a.one',
  };
  const story = told(
    { type: 'diagnostic', diagnostic: error },
    { type: 'diagnostic', diagnostic: { ...error, severity: 'warning', summary: 'old' } },
  );
  story.hear('Terraform will perform …');

  expect(story.problems()).toBe('aws_a.one: creating: denied');
});

test('without a terminal says once a minute what is waited for', () => {
  const { jest } = import.meta;
  jest.useFakeTimers();
  const wasTerminal = process.stdout.isTTY;
  process.stdout.isTTY = false;
  const said: string[] = [];
  const story = new Story((doing) => said.push(doing));
  const resource = { addr: 'aws_db_instance.one' };

  story.hear(JSON.stringify(begun('aws_db_instance.one')));
  for (let elapsed_seconds = 10; elapsed_seconds <= 130; elapsed_seconds += 10) {
    jest.advanceTimersByTime(10_000);
    story.hear(JSON.stringify({ type: 'apply_progress', hook: { resource, elapsed_seconds } }));
  }
  jest.useRealTimers();
  process.stdout.isTTY = wasTerminal;

  expect(said).toEqual([
    'still waiting for aws_db_instance.one (1:00 min)',
    'still waiting for aws_db_instance.one (2:00 min)',
  ]);
});

test("says that it waits for the state's lock, and no longer when it has it", () => {
  const said: string[] = [];
  const story = new Story((doing) => said.push(doing));

  for (const type of ['version', 'state_lock_acquire', 'refresh_start', 'refresh_complete']) {
    story.hear(JSON.stringify({ type }));
  }

  expect(said).toEqual(["waiting for the state's lock", '']);
});
