/** Marks in generated texts: they stand for things that exist only when the request is sent. */

export type Kind =
  | 'product'
  | 'stocked'
  | 'order'
  | 'customer'
  | 'key'
  | 'page'
  | 'cursor'
  | 'etag';

/** @param n which one, counted round. @param state that it should be in: statuses of an order */
export function mark(kind: Kind, n: number, state = ''): string {
  return `‹${kind} ${n} ${state}›`;
}

export function replaceMarks(
  text: string,
  replace: (kind: Kind, n: number, state: string) => string,
): string {
  return text.replaceAll(/‹(\w+) (\d+) ([\w ]*)›/g, (_, kind: string, n: string, state: string) =>
    replace(kind as Kind, Number(n), state),
  );
}
