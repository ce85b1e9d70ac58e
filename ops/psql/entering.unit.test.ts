import { untilEntered } from './entering.ts';

const { jest } = import.meta;

/** As the AWS CLI ends when AWS refuses. */
const REFUSED = 254;
const { signal } = new AbortController();

/** Ends with these codes, each after so many milliseconds. @returns how often it was asked, too */
function tries(...ends: readonly { code: number; after: number }[]) {
  let asked = 0;
  const enter = async () => {
    const end = ends[asked] ?? { code: REFUSED, after: 0 };
    asked += 1;
    jest.advanceTimersByTime(end.after);
    return end.code;
  };
  return { enter, asked: () => asked };
}

const quietly = () => undefined;
const atOnce = () => Promise.resolve();

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a task that cannot be reached yet is entered again', async () => {
  const { enter, asked } = tries({ code: REFUSED, after: 900 }, { code: 0, after: 100 });
  const said: string[] = [];

  const code = await untilEntered(enter, (line) => said.push(line), signal, atOnce);

  expect([code, asked()]).toEqual([0, 2]);
  expect(said).toEqual(['the task cannot be entered yet: 4 more tries']);
});

test('after five tries it is given up', async () => {
  const { enter, asked } = tries();

  const code = await untilEntered(enter, quietly, signal, atOnce);

  expect([code, asked()]).toEqual([REFUSED, 5]);
});

test.each([
  ['lasted', { code: REFUSED, after: 6000 }],
  ['somebody left with Ctrl-C', { code: 130, after: 100 }],
])('a session that %s is not entered again', async (_, end) => {
  const { enter, asked } = tries(end);

  const code = await untilEntered(enter, quietly, signal, atOnce);

  expect([code, asked()]).toEqual([end.code, 1]);
});

test('who interrupts between two tries is obeyed', async () => {
  const interrupted = new AbortController();
  const { enter, asked } = tries();

  const entering = untilEntered(
    enter,
    () => interrupted.abort(new Error('stopped by SIGTERM')),
    interrupted.signal,
  );

  await expect(entering).rejects.toThrow('stopped by SIGTERM');
  expect(asked()).toBe(1);
});
