/** A named statement: PostgreSQL parses and plans it once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Every statement of the service; a test prepares each against the real schema. */
export const statements = new Map<string, Statement>();

/** @throws Error when the name is taken: two texts under one name break in production only. */
export function statement(name: string, text: string): Statement {
  if (statements.has(name)) throw new Error(`two statements are named ${name}`);
  const made = { name, text };
  statements.set(name, made);
  return made;
}
