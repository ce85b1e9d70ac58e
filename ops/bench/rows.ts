/**
 * The rows that `fill` makes. Whoever knows a row's number, from 1, knows its id and the words that
 * find it: load generators and pgbench need no list of them.
 */

/** When the rows of a kind were made, in milliseconds: ids are UUIDv7. */
const MOMENTS = {
  product: Date.UTC(2024, 0),
  customer: Date.UTC(2024, 3),
  order: Date.UTC(2024, 6),
  delivery: Date.UTC(2024, 9),
  sale: Date.UTC(2025, 0),
} as const;

type Kind = keyof typeof MOMENTS;

/**
 * The last digits of an id are this and the row's number. They have the same length for each, so
 * that pgbench makes an id of a number without work that would be measured.
 */
export const FIRST_DIGITS = 100_000_000_000;

/** The same, for names of models. */
export const FIRST_MODEL = 100_000;

/** Products that share a model's name, however many there are: what a search finds. */
export const PRODUCTS_OF_A_MODEL = 50;

export function productId(number: number): string {
  return `${beginningOf('product')}${FIRST_DIGITS + number}`;
}

/** Also the `sub` of the customer's tokens. */
export function customerId(number: number): string {
  return `${beginningOf('customer')}${FIRST_DIGITS + number}`;
}

/** Finds `PRODUCTS_OF_A_MODEL` products. @param number up to a 50th of the products */
export function modelName(number: number): string {
  return `KX${FIRST_MODEL + number}`;
}

/** All of an id but its last twelve digits. */
export function beginningOf(kind: Kind): string {
  const time = MOMENTS[kind].toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-`;
}

/** An id in SQL. @param number an expression of type bigint */
export function idSql(kind: Kind, number: string): string {
  return `('${beginningOf(kind)}' || ${FIRST_DIGITS} + ${number})::uuid`;
}

/** A moment of that row, a second after that of the row before. */
export function timeSql(kind: Kind, number: string): string {
  return `to_timestamp(${MOMENTS[kind] / 1000} + ${number})`;
}

/** @param number an expression of type bigint */
export function modelSql(number: string): string {
  return `'KX' || ${FIRST_MODEL} + ${number}`;
}
