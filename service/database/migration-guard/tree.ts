/** What is named anywhere inside a statement. */
import { escapeIdentifier } from 'pg';
import type { RangeVar } from 'libpg-query';
import type { Node } from './parse.ts';

export type Kind = Node extends infer Each ? (Each extends Each ? keyof Each : never) : never;
export type Body<K extends Kind> = Extract<Node, Record<K, unknown>>[K];

/** A node is an object with one field, named after its kind. */
export function kindOf(node: Node): Kind {
  return Object.keys(node)[0] as Kind;
}

/** @returns what is inside, when the node is of this kind */
export function as<K extends Kind>(kind: K, node: Node | undefined): Body<K> | undefined {
  return (node as Partial<Record<K, Body<K>>> | undefined)?.[kind];
}

export function all<K extends Kind>(kind: K, nodes: readonly Node[] | undefined = []): Body<K>[] {
  return nodes.flatMap((node) => as(kind, node) ?? []);
}

/** Every node of this kind, however deep. */
export function inside<K extends Kind>(kind: K, tree: unknown): Body<K>[] {
  return nodesInside(tree).flatMap(([key, body]) => (key === kind ? [body as Body<K>] : []));
}

export function kindsInside(tree: unknown): string[] {
  return nodesInside(tree).map(([kind]) => kind);
}

/** Kind and body of each; fields begin with a small letter, kinds with a capital. */
function nodesInside(tree: unknown): [string, unknown][] {
  if (typeof tree !== 'object' || tree === null) return [];
  const entries = Object.entries(tree);
  return [
    ...entries.filter(([key]) => /^[A-Z]/.test(key)),
    ...entries.flatMap(([, value]) => nodesInside(value)),
  ];
}

/** As SQL writes it; `public` is where everything is. */
export function nameOf({ schemaname, relname = '' }: RangeVar = {}): string {
  return qualified([schemaname, relname]);
}

/** A third part, before the others, can name no database but this one. */
export function qualified(parts: readonly (string | undefined)[]): string {
  const [schema = '', name = ''] = ['', '', ...parts.map((part) => part ?? '')].slice(-2);
  return (schema === '' || schema === 'public' ? [name] : [schema, name])
    .map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : escapeIdentifier(part)))
    .join('.');
}

/** Texts of a list such as `{String: {sval: 'public'}}, {String: {sval: 'orders'}}`. */
export function words(nodes: readonly Node[] | undefined): string[] {
  return all('String', nodes).map(({ sval = '' }) => sval);
}

/** Tables that are read or written anywhere inside. */
export function relationsInside(tree: unknown): string[] {
  return rangesInside(tree).map(nameOf);
}

/** Whether it makes a relation that hides others of its name, or acts on one. */
export function namesTemporary(tree: unknown): boolean {
  return rangesInside(tree).some(
    ({ relpersistence, schemaname = '' }) =>
      relpersistence === 't' || schemaname.startsWith('pg_temp'),
  );
}

function rangesInside(tree: unknown): RangeVar[] {
  if (typeof tree !== 'object' || tree === null) return [];
  if ('relname' in tree) return [tree as RangeVar];
  return Object.values(tree).flatMap(rangesInside);
}

export function columnsInside(tree: unknown): string[] {
  return inside('ColumnRef', tree).map(({ fields }) => words(fields).at(-1) ?? '*');
}

/**
 * Names of called functions, as they are written; one of PostgreSQL's own without its schema.
 * `(word).shout` calls one too.
 */
export function functionsInside(tree: unknown): string[] {
  const called = inside('FuncCall', tree).map(({ funcname }) => {
    const [schema, ...rest] = words(funcname);
    return (schema === 'pg_catalog' ? rest : [schema, ...rest]).join('.');
  });
  const fields = inside('A_Indirection', tree).flatMap(({ indirection }) => words(indirection));
  return [...called, ...fields];
}
