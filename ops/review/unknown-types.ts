/** What goes and is of a type that no rule knows: other providers have databases too. */
import type { PlannedChange } from './change.ts';
import { needsApproval } from './ranks.ts';
import type { Remark, Rule } from './rule.ts';

export type RuleName = Pick<Rule, 'id' | 'rank'>;

/** Names of what has data in it, as the last word of a type, or before a word of MACHINERY. */
const HOLDS =
  /^(?:account|backup|bucket|catalog|collection|container|cosmosdb|database|dataset|datastore|db|directory|disk|elasticsearch|file|filestore|filesystem|firestore|index|key|keyspace|keyvault|kv|ledger|mariadb|mongodb|mssql|mysql|namespace|object|opensearch|postgres|postgresql|project|queue|redis|redshift|registry|repository|schema|secret|share|snapshot|spanner|sql|bigtable|storage|store|stream|system|table|topic|user|users|vault|vm|volume|warehouse|workspace)$/;

const MACHINERY =
  /^(?:instance|cluster|server|flexible|managed|serverless|claim|pool|domain|account|system|broker|v\d+)$/;

/** In one of these there may be anything. */
const WHOLE =
  /_(?:cluster|namespace(?:_v1)?|project|resource_group|stack|stateful_set(?:_v1)?|release)$/;

/** They are made of arguments alone, or only tie two things together. */
const HARMLESS =
  /^(?:null_resource|terraform_data|(?:random|time|tls|local|archive|external|cloudinit)_\w+|aws_ecs_task_definition)$|_(?:attachment|association|membership|validation|dashboard|alarm|layer_version)$/;

/** What belongs to a thing, and is none itself. */
const SETTINGS =
  /_(?:service_account|policy|policies|rule|configuration|config|permission|permissions|binding|member|alias|record|notification|acl|grant|versioning|logging|controls|parameter_group|subnet_group|option_group)$/;

const WHY_DATA =
  'Its type looks like something that holds data, and this review does not know what is in it.';
const WHY_GOES = 'Something may still need it: this review does not know what it is for.';

const UNKNOWN_DATA: RuleName = { id: 'unknown-data', rank: 'data-loss' };
const UNKNOWN_GOES: RuleName = { id: 'unknown-goes', rank: 'downtime' };

/** @param rules those that look at its type */
export function ofUnknownType(
  { type, action, isGapless, replacePaths }: PlannedChange,
  rules: readonly Rule[],
): { readonly rule: RuleName; readonly remark: Remark } | undefined {
  if ((action !== 'destroy' && action !== 'replace') || HARMLESS.test(type)) return undefined;
  if (rules.some(({ types, rank }) => types !== 'every' && needsApproval(rank))) return undefined;
  const [path] = action === 'replace' ? replacePaths : [];
  const what = action === 'replace' ? 'is destroyed and made anew' : 'is destroyed';
  const remark = { what, ...(path !== undefined && { path }) };
  if (looksLikeData(type)) {
    return { rule: UNKNOWN_DATA, remark: { ...remark, why: WHY_DATA } };
  }
  if (isGapless) return undefined;
  return { rule: UNKNOWN_GOES, remark: { ...remark, why: WHY_GOES } };
}

function looksLikeData(type: string): boolean {
  if (SETTINGS.test(type)) return false;
  if (WHOLE.test(type)) return true;
  const words = type.split('_').slice(1);
  while (words.length > 1 && MACHINERY.test(words.at(-1) ?? '')) {
    if (HOLDS.test(words.at(-1) ?? '')) return true;
    words.pop();
  }
  return HOLDS.test(words.at(-1) ?? '');
}
