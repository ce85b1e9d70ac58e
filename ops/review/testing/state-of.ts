/** A state in which all is there that a plan would make, with stand-ins for what only AWS knows. */

type Values = Readonly<Record<string, unknown>>;

/** As `terraform show -json` writes it; what is of no use here is left out. */
export interface PlanDocument {
  readonly terraform_version: string;
  readonly resource_changes?: readonly ResourceChange[];
  readonly planned_values: { readonly outputs?: Values; readonly root_module?: Module };
}

interface ResourceChange {
  readonly address: string;
  readonly module_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: Values | null;
    readonly after_unknown: Values;
    readonly after_sensitive: unknown;
  };
}

interface Module {
  readonly resources?: readonly { readonly address: string; readonly schema_version: number }[];
  readonly child_modules?: readonly Module[];
}

/** What the plan would have left in the state, had it been applied. */
export function stateOf(plan: PlanDocument): object {
  const { outputs = {}, root_module: root = {} } = plan.planned_values;
  const versions = new Map(schemaVersions(root));
  return {
    version: 4,
    terraform_version: plan.terraform_version,
    serial: 1,
    lineage: '00000000-0000-0000-0000-000000000000',
    outputs,
    resources: (plan.resource_changes ?? [])
      .filter(({ mode }) => mode === 'managed')
      .map((each) => resourceOf(each, versions.get(each.address) ?? 0)),
  };
}

function* schemaVersions(module: Module): Generator<readonly [string, number]> {
  for (const { address, schema_version: version } of module.resources ?? []) {
    yield [address, version];
  }
  for (const child of module.child_modules ?? []) yield* schemaVersions(child);
}

function resourceOf(planned: ResourceChange, version: number): object {
  const { module_address: module, index, mode, type, name, provider_name: provider } = planned;
  const instance = {
    ...(index !== undefined && { index_key: index }),
    schema_version: version,
    attributes: attributesOf(planned),
    sensitive_attributes: [...sensitivePaths(planned.change.after_sensitive)],
  };
  return {
    ...(module !== undefined && { module }),
    mode,
    type,
    name,
    provider: `provider["${provider}"]`,
    instances: [instance],
  };
}

function attributesOf({ type, name, change }: ResourceChange): Values {
  const unknown = Object.keys(change.after_unknown);
  const given = change.after ?? {};
  const standIns = unknown
    .filter((key) => change.after_unknown[key] === true)
    .map((key) => [key, standIn(key, `${type}/${name}`, given)]);
  const attributes = { ...given, ...(Object.fromEntries(standIns) as Values) };
  return type === 'terraform_data' ? typed({ ...attributes, output: given['input'] }) : attributes;
}

/** What may be of any type is written with its type. */
function typed({ id, ...dynamic }: Values): Values {
  const entries = Object.entries(dynamic).filter(([, value]) => (value ?? null) !== null);
  const withTypes = entries.map(([key, value]) => [key, { value, type: typeOf(value) }]);
  return { id, ...(Object.fromEntries(withTypes) as Values) };
}

function typeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ['tuple', value.map(typeOf)];
  if (typeof value !== 'object' || value === null) return typeof value;
  const members = Object.entries(value).map(([key, inner]) => [key, typeOf(inner)]);
  return ['object', Object.fromEntries(members)];
}

/** Without an id, a provider takes it for not made; most other things may be null. */
function standIn(key: string, of: string, given: Values): unknown {
  if (key === 'id') return given['name'] ?? `${of}-id`;
  if (key === 'arn') return `arn:aws:stand-in:eu-central-1:111111111111:${of}`;
  return key === 'tags_all' ? (given['tags'] ?? {}) : null;
}

function* sensitivePaths(marks: unknown, path: readonly object[] = []): Generator {
  if (marks === true) yield path;
  if (typeof marks !== 'object' || marks === null) return;
  for (const [key, inner] of Object.entries(marks)) {
    yield* sensitivePaths(inner, [...path, { type: 'get_attr', value: key }]);
  }
}
