import { small } from '../testing/small.ts';
import { overload } from './overload.ts';

test('ten times as many connections are answered well or told to come again', async () => {
  const { broken, figures } = await small(overload);

  expect(broken).toEqual([]);
  expect(figures).toContainEqual(['200 connections', expect.stringMatching(/^[1-9]/)]);
}, 90_000);
