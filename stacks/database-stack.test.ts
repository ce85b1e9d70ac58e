import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { TerraformStack, Testing } from 'cdktf';
import { DatabaseStack } from './database-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { addAccount, addEnvironment } from './store.ts';
import { anAccount, anEnvironment } from './testing/places.ts';
import { resourcesOf, synthesise } from './testing/synthesise.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
}

/** Names of all stacks of an account with one environment, and what Terraform is given for each. */
function everyStack(): Map<string, string> {
  const app = Testing.app();
  addAccount(app, anAccount());
  addEnvironment(app, anEnvironment());
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
  return new Map(stacks.map((stack) => [stack.node.id, JSON.stringify(synthesise(stack))]));
}

/** Every statement of every policy in a text, wherever it stands. */
function statements(synthesised: string): Statement[] {
  const found: Statement[] = [];
  JSON.parse(synthesised, (_key, value: unknown) => {
    if (typeof value === 'string' && value.startsWith('{"Version"')) {
      found.push(...(JSON.parse(value) as { Statement: Statement[] }).Statement);
    }
    return value;
  });
  return found;
}

function reads({ Effect, Action, Resource = [] }: Statement): boolean {
  const secrets = Action.some((action) => /^(\*|secretsmanager:(\*|Get|BatchGet))/.test(action));
  const owners = Resource.some((arn) => /master_user_secret|^\*$|:secret:.*\*/.test(arn));
  return Effect === 'Allow' && secrets && owners;
}

const stacks = everyStack();
const database = stacks.get('dev-database') ?? '';

test("nobody but migration and rotation reads the owner's password", () => {
  // The registry's stack has the limit of all roles, which allows nothing by itself.
  const ofRoles = [...stacks].filter(([name]) => name.startsWith('dev-'));
  const readers = ofRoles.flatMap(([name, text]) =>
    statements(text)
      .filter(reads)
      .map(() => name),
  );

  // Twice each: by its name, and by its tag where one was restored beside it.
  expect(readers).toEqual(Array.from({ length: 4 }, () => 'dev-database'));
  expect(Object.keys(JSON.parse(database).resource['aws_iam_role'])).toEqual([
    expect.stringContaining('migration-role'),
    expect.stringContaining('rotation-role'),
  ]);
});

test('nobody else even knows which secret that is', () => {
  const knowing = [...stacks].filter(([, text]) => text.includes('master_user_secret'));

  expect(knowing.map(([name]) => name)).toEqual(['dev-database', 'dev-migration']);
});

test('no login passes through Terraform', () => {
  const everything = [...stacks.values()].join('\n');

  expect(everything).not.toMatch(/"(master_)?password(_wo)?":|secret_string|random_password/);
  expect(everything).not.toContain('aws_secretsmanager_secret_version');
});

test('data and secrets have one key of their own', () => {
  expect(database).toHaveResourceWithProperties(KmsAlias, {
    name: 'alias/fargate-store-dev-database',
  });
  expect(database.match(/"(master_user_secret_)?kms_key_id":"\$\{aws_kms_key\.key/g)).toHaveLength(
    3,
  );
});

test('the database is in the subnets that have no way out', () => {
  const app = Testing.app();
  const environment = anEnvironment();
  const network = new NetworkStack(app, environment);
  const synthesised = synthesise(new DatabaseStack(app, environment, network));

  const [subnets] = resourcesOf(synthesised, 'aws_db_subnet_group');
  expect(subnets?.['subnet_ids']).toEqual([
    expect.stringContaining('isolated-a'),
    expect.stringContaining('isolated-b'),
  ]);
});

test('it tells where the database, its login and its log are', () => {
  expect(JSON.parse(database).output).toMatchObject({
    database_endpoint: { value: expect.stringMatching(/aws_db_instance\..*\.endpoint/) },
    application_secret_arn: { value: expect.stringContaining('aws_secretsmanager_secret.') },
    log_group: { value: expect.stringMatching(/aws_cloudwatch_log_group\..*postgresql.*\.name/) },
  });
});
