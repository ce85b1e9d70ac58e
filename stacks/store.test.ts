import { anEnvironment } from './testing/places.ts';
import { allResources, type Made, synthesiseStore } from './testing/synthesise-store.ts';

const store = synthesiseStore(
  anEnvironment('dev'),
  anEnvironment('staging'),
  anEnvironment('prod'),
);
const resources = allResources(store);

/** Attributes by which AWS knows a thing. */
const NAMES = ['name', 'bucket', 'identifier', 'family', 'domain', 'name_prefix', 'policy_name'];

/** What is only known within something else that bears a name of its own. */
const WITHIN = new Set([
  'aws_iam_role_policy', // the role
  'aws_appautoscaling_policy', // the service
  'aws_cognito_user_group', // the pool
  'aws_cognito_user_pool_client', // the pool
  'aws_db_parameter_group', // AWS adds a number to its prefix
  'aws_lb_target_group', // the same
  'aws_route53_record', // the domain, which is a setting
  'aws_eip', // has no name: its domain is where it is used
]);

function namesOf(made: readonly Made[]): string[] {
  return made
    .filter(({ type }) => !WITHIN.has(type))
    .flatMap(({ type, attributes }) =>
      NAMES.map((key) => attributes[key])
        .filter((name) => typeof name === 'string' && !name.startsWith('${'))
        .map((name) => `${type} ${String(name)}`),
    );
}

const copies = synthesiseStore(
  anEnvironment('dev', { suffix: 'a' }),
  anEnvironment('dev', { suffix: 'b' }),
);

test('two copies of an environment in one account have no name in common', () => {
  const made = allResources(copies);
  const [a, b] = ['dev-a-', 'dev-b-'].map((label) =>
    namesOf(made.filter(({ stack }) => stack.startsWith(label))),
  ) as [string[], string[]];

  const names = new Set(a);

  expect(names.size).toBeGreaterThan(25);
  expect(b.filter((name) => names.has(name))).toEqual([]);
});

test('two copies keep their states apart', () => {
  const keys = [...copies.values()].map(({ terraform }) => JSON.stringify(terraform['backend']));

  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length).toBe(2 + 2 * 5);
});

test('every stack keeps its state locked, encrypted with our key, in the account it is for', () => {
  for (const [stack, { terraform, provider }] of store) {
    expect(terraform).toMatchObject({
      required_version: '>= 1.11',
      required_providers: {
        aws: {
          source: 'registry.terraform.io/hashicorp/aws',
          version: '5.100.0',
        },
      },
      backend: {
        s3: {
          key: `${stack}.tfstate`,
          encrypt: true,
          kms_key_id: expect.stringContaining('alias/') as string,
          use_lockfile: true,
          allowed_account_ids: ['123456789012'],
        },
      },
    });
    expect(provider['aws']).toMatchObject([{ allowed_account_ids: ['123456789012'] }]);
  }
});

test("an environment's stacks need no stack of another environment or of the account", () => {
  for (const [stack, { data }] of store) {
    const environment = stack.split('-')[0] ?? '';
    for (const upstream of Object.keys(data['terraform_remote_state'] ?? {})) {
      expect(upstream).toMatch(new RegExp(`-input-${environment}-`));
    }
  }
});

test('Terraform ignores changes of five things only, each of which has another owner', () => {
  const ignored = resources.flatMap(({ path, attributes }) => {
    const lifecycle = attributes['lifecycle'] as { ignore_changes?: string[] } | undefined;
    return (lifecycle?.ignore_changes ?? []).map((what) => `${path}: ${what}`);
  });

  expect(ignored.filter((line) => line.startsWith('prod-')).toSorted()).toMatchInlineSnapshot(`
    [
      "prod-database/postgres/instance: identifier",
      "prod-database/postgres/postgresql-log: name",
      "prod-database/postgres/upgrade-log: name",
      "prod-network/image-digest: allowed_pattern",
      "prod-network/image-digest: insecure_value",
      "prod-network/image-digest: value",
      "prod-network/settings: allowed_pattern",
      "prod-network/settings: insecure_value",
      "prod-network/settings: value",
      "prod-service/service/service: desired_count",
    ]
  `);
});

test('no password, token or key is written down', () => {
  const secret = /"(password|secret_string|private_key|secret_key|token|auth_token)(_wo)?":/;

  for (const [, stack] of store) expect(JSON.stringify(stack)).not.toMatch(secret);
});

test('no resource of production changes without being seen', () => {
  const production = resources
    .filter(({ stack }) => stack.startsWith('prod-'))
    .map(({ path, type, attributes }) => [`${path} (${type})`, attributes]);

  expect(Object.fromEntries(production)).toMatchSnapshot();
});
