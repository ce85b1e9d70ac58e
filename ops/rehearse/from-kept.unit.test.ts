import { assertKept, type Kept } from './from-kept.ts';

const DATABASE = 'aws_db_instance db-ABC';

const BEFORE: Kept = {
  things: [DATABASE, 'aws_lb arn:one'],
  orders: new Map([['o1', { id: 'o1', total: 900 }]]),
  products: new Map([['p1', { id: 'p1', stock: 5 }]]),
};

test('what is added, and fields that are new, are no loss', () => {
  const after = {
    things: [...BEFORE.things, 'aws_sqs_queue new'],
    orders: new Map([
      ['o1', { id: 'o1', total: 900, note: 'new field' }],
      ['o2', { id: 'o2', total: 1 }],
    ]),
    products: new Map([['p1', { id: 'p1', stock: 4 }]]),
  };

  expect(() => assertKept(BEFORE, after)).not.toThrow();
});

test.each([
  [
    'another database',
    { things: ['aws_db_instance db-XYZ', 'aws_lb arn:one'] },
    /db-ABC: the database/,
  ],
  ['an order that is gone', { orders: new Map() }, /order o1 is gone/],
  ['another total', { orders: new Map([['o1', { id: 'o1', total: 1 }]]) }, /o1 is another/],
  ['a product that is gone', { products: new Map() }, /products are gone/],
])('%s is told', (_, difference, words) => {
  expect(() => assertKept(BEFORE, { ...BEFORE, ...difference })).toThrow(words);
});
