/** Functions of PostgreSQL that do nothing to anybody. Any other one cannot be looked into. */

/** Not volatile: as a default they are computed once, and no row is rewritten. A test asks PostgreSQL. */
export const STEADY: ReadonlySet<string> = new Set(
  `abs array_agg array_append array_length array_position array_remove avg btrim cardinality ceil
  char_length concat concat_ws count current_setting date_part date_trunc decode encode first_value
  floor format generate_series initcap jsonb_agg jsonb_array_elements jsonb_array_length
  jsonb_build_array jsonb_build_object jsonb_object_agg jsonb_set jsonb_strip_nulls jsonb_typeof
  lag lead left length lower lpad ltrim make_interval max md5 min mod now octet_length
  pg_get_serial_sequence power rank regexp_replace repeat replace reverse right round row_number
  rpad rtrim sha256 split_part starts_with statement_timestamp string_agg string_to_array strpos
  substr substring sum to_char to_date to_jsonb to_number to_timestamp to_tsvector
  transaction_timestamp translate trim_scale trunc unnest upper`.split(/\s+/),
);

/** Another answer each time, and no other effect than on a sequence. */
const VOLATILE = ['clock_timestamp', 'currval', 'gen_random_uuid', 'nextval', 'random'];

const HARMLESS: ReadonlySet<string> = new Set([...STEADY, ...VOLATILE]);

export function harmless(name: string): boolean {
  return HARMLESS.has(name);
}
