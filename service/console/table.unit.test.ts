import { asCsv, asTable } from './table.ts';

const columns = [
  { name: 'name', isNumber: false },
  { name: 'stock', isNumber: true },
];

test('a table stands below its names, numbers to the right', () => {
  const rows = [
    ['Räuberhöhle', '7'],
    [null, '1200'],
  ];

  expect(asTable({ columns, rows })).toBe(
    [
      'name        | stock',
      '------------+------',
      'Räuberhöhle |     7',
      '            |  1200',
    ].join('\n'),
  );
});

test('no value steers the terminal', () => {
  const text = asTable({ columns, rows: [['\x1b[2Jgone\nline\u009b', '1']] });

  expect(text.split('\n')).toHaveLength(3);
  expect(text).toContain('�[2Jgone↵line�');
});

test('no rows leave the names', () => {
  expect(asTable({ columns, rows: [] })).toBe('name | stock\n-----+------');
});

test('CSV tells an empty text from none, and quotes what it must', () => {
  const rows = [
    ['a,"b"\nc', null],
    ['', '2'],
  ];

  expect(asCsv({ columns, rows })).toBe('name,stock\n"a,""b""\nc",\n"",2');
});
