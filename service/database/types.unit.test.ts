import { types as defaults } from 'pg';
import { types } from './types.ts';

const read = types.getTypeParser(defaults.builtins.TIMESTAMPTZ, 'text');

test.each([
  '2026-11-21 07:30:00+00',
  '2026-11-21 07:30:00.5+00',
  '2026-11-21 07:30:59.05+00',
  '2026-02-28 23:59:59.999+00',
  '2026-11-21 07:30:00.123456+00',
  '2026-11-21 07:30:00.5+01',
])('the time %s is as a Date would write it', (text) => {
  expect(read(text)).toBe(new Date(text).toISOString());
});

test('a time that no RFC 3339 text can say is an error', () => {
  expect(() => read('infinity')).toThrow(RangeError);
});
