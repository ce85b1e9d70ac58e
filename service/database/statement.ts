/** A named statement: PostgreSQL parses and plans it once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** It reads a row or a page by an index, so others may wait behind it (pipeline.ts). */
  readonly short?: boolean;
}

/** Every statement of the service; a test prepares each against the real schema. */
export const statements = new Map<string, Statement>();

/**
 * @param options `short` for what reads a row or a page by an index, however large the tables are
 * @throws Error when the name is taken: two texts under one name break in production only
 */
export function statement(
  name: string,
  text: string,
  { short = false }: { short?: boolean } = {},
): Statement {
  if (statements.has(name)) throw new Error(`two statements are named ${name}`);
  const made = { name, text, short };
  statements.set(name, made);
  return made;
}
