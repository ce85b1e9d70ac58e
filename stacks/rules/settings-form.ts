/** Whether settings have the form that settings.ts gives them: Node runs the table unchecked. */
import { type TArray, type TObject, type TSchema, type TUnion, Type } from 'typebox';
import { Value } from 'typebox/value';
import { nearestName } from './nearest-name.ts';
import { missing, type Problem, unlike } from './problem.ts';

/** Every problem of a value, in the order of the schema; what is unknown comes first. */
export function formProblems(schema: TSchema, value: unknown, setting = ''): Problem[] {
  if (Type.IsUnion(schema)) return unionProblems(schema, value, setting);
  if (Type.IsObject(schema) && isRecord(value)) return objectProblems(schema, value, setting);
  if (Type.IsArray(schema) && Array.isArray(value)) return arrayProblems(schema, value, setting);
  return Value.Check(schema, value) ? [] : [unlike(setting, value, expectedOf(schema))];
}

function objectProblems(
  { properties }: TObject,
  value: Readonly<Record<string, unknown>>,
  setting: string,
): Problem[] {
  const known = Object.keys(properties);
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  const within = (key: string) => (setting === '' ? key : `${setting}.${key}`);
  return [
    ...unknown.map((key) => unknownSetting(within(key), key, known)),
    ...Object.entries(properties).flatMap(([key, schema]) => {
      if (value[key] !== undefined) return formProblems(schema, value[key], within(key));
      return Type.IsOptional(schema) ? [] : [missing(within(key), expectedOf(schema))];
    }),
  ];
}

function unknownSetting(setting: string, key: string, known: readonly string[]): Problem {
  const meant = nearestName(key, known);
  const hint = meant === undefined ? '' : ` did you mean ${meant}?`;
  return { setting, text: `: unknown setting;${hint} expected one of ${known.join(', ')}` };
}

function arrayProblems(schema: TArray, value: readonly unknown[], setting: string): Problem[] {
  const number = Value.Check({ ...schema, items: {} }, value)
    ? []
    : [unlike(setting, value, expectedOf(schema))];
  const items = value.flatMap((item, index) =>
    formProblems(schema.items, item, `${setting}[${index}]`),
  );
  return [...number, ...items];
}

/** Judged by the form that was probably meant: the one that knows the most of the keys. */
function unionProblems(schema: TUnion, value: unknown, setting: string): Problem[] {
  const keys = isRecord(value) ? Object.keys(value) : [];
  const [meant] = schema.anyOf
    .filter((form) => Type.IsObject(form))
    .map((form) => ({ form, known: keys.filter((key) => key in form.properties).length }))
    .filter(({ known }) => known > 0)
    .toSorted((one, other) => other.known - one.known);
  if (meant === undefined) return [unlike(setting, value, expectedOf(schema))];
  return formProblems(meant.form, value, setting);
}

/** In words: the schema's description, or an object's keys. */
function expectedOf(schema: TSchema): string {
  if ('description' in schema) return String(schema.description);
  return Type.IsObject(schema)
    ? `{ ${Object.keys(schema.properties).join(', ')} }`
    : 'another value';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
