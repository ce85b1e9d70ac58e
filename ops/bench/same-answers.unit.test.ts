import { type Answer, differenceBetween } from './same-answers.ts';

const product = { id: '1', price: { amount: 1999, currency: 'EUR' }, category: null };
const expected: Answer = { status: 200, bytes: 70, body: { items: [product], nextCursor: 'a' } };

test('the same answer has no difference, whatever the order of its members', () => {
  const { category, price, id } = product;
  const body = { nextCursor: 'a', items: [{ category, price, id }] };

  expect(differenceBetween(expected, { ...expected, body })).toBeUndefined();
});

test.each<[string, Partial<Answer>]>([
  ['status 404, not 200', { status: 404 }],
  ['71 bytes, not 70, that say the same', { bytes: 71 }],
  [
    '/items/0/price/amount is "1999", not 1999',
    { bytes: 72, body: { items: [{ ...product, price: { amount: '1999', currency: 'EUR' } }] } },
  ],
  ['/items/1 is {}, not undefined', { body: { items: [product, {}], nextCursor: 'a' } }],
  ['/nextCursor is undefined, not "a"', { body: { items: [product] } }],
  ['/ is "text", not {"items":[', { body: 'text' }],
])('%s: a difference is named', (difference, other) => {
  expect(differenceBetween(expected, { ...expected, ...other })).toContain(difference);
});
