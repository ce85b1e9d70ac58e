import { EventEmitter } from 'node:events';
import { AT_ONCE, Line } from './line.ts';

const { jest } = import.meta;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A line in which nobody more can be worked on. */
function busyLine(): Line {
  const line = new Line();
  for (let working = 0; working < AT_ONCE; working += 1) {
    line.join(new EventEmitter(), () => undefined);
  }
  return line;
}

function joinAs(line: Line) {
  const connection = new EventEmitter();
  const told: boolean[] = [];
  line.join(connection, (hasTurn) => told.push(hasTurn));
  return { connection, told };
}

test('who comes first has the next turn', () => {
  const line = busyLine();
  const first = joinAs(line);
  const second = joinAs(line);

  line.leave();

  expect([first.told, second.told]).toEqual([[true], []]);
});

test('who waited in vain is told after a pause, and takes no turn meanwhile', () => {
  const line = busyLine();
  const late = joinAs(line);
  jest.advanceTimersByTime(300);
  const next = joinAs(line);

  line.leave();
  expect([late.told, next.told]).toEqual([[], [true]]);
  jest.advanceTimersByTime(1700);

  expect(late.told).toEqual([false]);
});

test('who hangs up loses the place', () => {
  const line = busyLine();
  const gone = joinAs(line);
  const next = joinAs(line);

  gone.connection.emit('close');
  line.leave();

  expect([gone.told, next.told]).toEqual([[false], [true]]);
});

test('when all have gone, as many as before are worked on at once', () => {
  const line = busyLine();
  const waiting = joinAs(line);
  jest.advanceTimersByTime(2000);
  for (let working = 0; working < AT_ONCE; working += 1) line.leave();

  const others = Array.from({ length: AT_ONCE + 1 }, () => joinAs(line));

  expect(waiting.told).toEqual([false]);
  expect(others.filter(({ told }) => told[0] === true)).toHaveLength(AT_ONCE);
});
