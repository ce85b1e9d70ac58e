import { columns } from './columns.ts';

test('cells stand below each other', () => {
  expect(
    columns(
      [
        ['a', 'b', 'c'],
        ['one', 'other', ''],
      ],
      80,
    ),
  ).toEqual(['a    b      c', 'one  other']);
});

test('the widest column gives way first, and goes on in the next line', () => {
  const rows = [['name', 'short', 'one-long-value.of-many-parts']];

  expect(columns(rows, 29)).toEqual(['name  short  one-long-value.', '             of-many-parts']);
});

test('lists are cut between their members', () => {
  expect(columns([['x', 'dev-network, dev-identity, dev-service']], 30)).toEqual([
    'x  dev-network, dev-identity,',
    '   dev-service',
  ]);
});

test('what has no place to cut is cut anywhere', () => {
  expect(columns([['x', 'Z00000000000000000000']], 18)).toEqual([
    'x  Z00000000000000',
    '   000000',
  ]);
});

test('no column is narrower than a word', () => {
  const [line = ''] = columns([['x', 'aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb']], 10);

  expect(line).toBe('x  aaaaaaaaaaaa  bbbbbbbbbbbb');
});
