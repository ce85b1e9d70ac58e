import { Type } from 'typebox';
import { pageOf, readCursor } from './page.ts';

const scope = ['things', 'sorted', undefined];
const keys = Type.Tuple([Type.Integer({ minimum: 0, maximum: 10 })]);

function cursorOf(...numbers: number[]): string {
  const show = { item: (n: number) => n, keys: (n: number) => [n] };
  return pageOf(numbers, { limit: 1, scope }, show).nextCursor ?? '';
}

test('a cursor brings back the keys of the last row shown', () => {
  expect(readCursor(cursorOf(7, 8), scope, keys)).toEqual([7]);
  expect(readCursor(undefined, scope, keys)).toBeUndefined();
});

test('a cursor whose keys could not have been shown is refused', () => {
  expect(() => readCursor(cursorOf(11, 12), scope, keys)).toThrow('nextCursor');
  expect(() => readCursor(cursorOf(1e300, 12), scope, keys)).toThrow('nextCursor');
});

test('a cursor of another query is refused', () => {
  expect(() => readCursor(cursorOf(7, 8), ['things', 'sorted', 'x'], keys)).toThrow('nextCursor');
});
