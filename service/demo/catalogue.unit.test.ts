import type { TSchema } from 'typebox';
import { Profile } from '../customers/schemas.ts';
import { validatorOf } from '../http/validation.ts';
import { NewProduct, NewStockChange } from '../products/schemas.ts';
import { CATALOGUE } from './catalogue.ts';
import { PEOPLE } from './people.ts';
import { story } from './story.ts';

test('the catalogue has at least 60 products in 6 categories, each with a SKU of its own', () => {
  const skus = new Set(CATALOGUE.map(({ sku }) => sku));
  const categories = new Set(CATALOGUE.map(({ category }) => category));

  expect(CATALOGUE.length).toBeGreaterThanOrEqual(60);
  expect(skus.size).toBe(CATALOGUE.length);
  expect(categories.size).toBe(6);
});

test.each(CATALOGUE)('$sku could have been sent to the API', ({ stock, price, ...product }) => {
  const body = { ...product, price: { amount: price, currency: 'EUR' } };
  const change = { quantity: stock, reason: 'opening stock' };

  expect(failuresOf(NewProduct, body)).toEqual([]);
  expect(failuresOf(NewStockChange, change)).toEqual([]);
});

test.each(PEOPLE)('$profile.name could have been sent to the API', ({ profile }) => {
  expect(failuresOf(Profile, profile)).toEqual([]);
});

test('the story is the same whenever it is told', () => {
  expect(story()).toEqual(story());
});

test('the story never sells more than the opening stock, an order names a product once', () => {
  const left = new Map(CATALOGUE.map(({ sku, stock }) => [sku, stock]));

  for (const { order } of story()) {
    const skus = new Set(order.lines.map(({ sku }) => sku));
    expect(skus.size).toBe(order.lines.length);
    for (const { sku, quantity } of order.lines) left.set(sku, (left.get(sku) ?? 0) - quantity);
  }

  expect(Math.min(...left.values())).toBe(0);
});

test('the last order is the last thing that happens', () => {
  const chapters = story();

  const last = chapters.at(-1)?.order.at ?? 0;

  const steps = chapters.flatMap((chapter) => chapter.steps);
  expect(Math.max(...steps.map(({ at }) => at))).toBeLessThan(last);
});

function failuresOf(schema: TSchema, value: unknown) {
  const validate = validatorOf({ schema }, (make) => make);
  if (validate(value)) return [];
  return ('errors' in validate && validate.errors) || ['invalid'];
}
