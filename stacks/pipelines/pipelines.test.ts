import { TerraformDataSource, TerraformResource, Testing } from 'cdktf';
import { IamUser } from '@cdktf/provider-aws/lib/iam-user/index.js';
import { addStore } from '../store.ts';
import { StoreStack } from '../store-stack.ts';
import { GITHUB, policiesOf, registryOf } from '../testing/pipelines.ts';
import { anAccount, anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { TERRAFORM_TYPES } from './actions.ts';
import { ENVIRONMENT_STACKS } from './state-access.ts';

const dev = anEnvironment('dev', { github: GITHUB });
const prod = anEnvironment('prod', { github: GITHUB });
const registry = registryOf(dev, prod);

test('only jobs of the repository are trusted, by exact names and by exact ids', () => {
  const roles = resourcesOf(registry, 'aws_iam_role');
  const role = roles.find(({ name }) => String(name).endsWith('prod-apply'));

  expect(roles).toHaveLength(4);
  expect(JSON.parse(String(role?.['assume_role_policy']))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: expect.stringMatching(/^\$\{aws_iam_openid_connect_provider\./) },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': ['sts.amazonaws.com'],
            'token.actions.githubusercontent.com:sub': [
              'repo:octo-org/store:environment:prod',
              'repo:octo-org@123456/store@456789:environment:prod',
            ],
            'token.actions.githubusercontent.com:repository_id': ['456789'],
            'token.actions.githubusercontent.com:ref': ['refs/heads/main'],
          },
        },
      },
    ],
  });
  for (const { assume_role_policy: trust } of roles) {
    expect(trust).not.toMatch(/[*?]|StringLike/);
  }
});

test('who applies may wait for a database, which takes hours', () => {
  const hours = resourcesOf(registry, 'aws_iam_role').map((role) => [
    String(role['name']).replace(/.*-/, ''),
    Number(role['max_session_duration']) / 3600,
  ]);

  expect(Object.fromEntries(hours)).toEqual({ plan: 1, apply: 4 });
});

test('without a repository there is nobody to trust, but the limit of all roles', () => {
  const alone = registryOf(anEnvironment());

  expect(Object.keys(alone.resource).filter((type) => /role|openid/.test(type))).toEqual([]);
  expect(resourcesOf(alone, 'aws_iam_policy')).toHaveLength(1);
});

test('a provider that is there already is only named', () => {
  const existing = { ...GITHUB, provider: 'existing' } as const;

  const written = registryOf(anEnvironment('dev', { github: existing }));

  expect(resourcesOf(written, 'aws_iam_openid_connect_provider')).toEqual([]);
  expect(JSON.stringify(resourcesOf(written, 'aws_iam_role'))).toContain(
    'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
  );
});

test('what the jobs of GitHub have to know is an output', () => {
  expect(Object.keys(registry.output).toSorted()).toEqual([
    'dev_apply_role',
    'dev_plan_role',
    'prod_apply_role',
    'prod_plan_role',
    'repository_url',
  ]);
});

test.each(['dev-plan', 'dev-apply', 'prod-plan', 'prod-apply'])(
  'AWS takes the policies of %s',
  (role) => {
    const policies = policiesOf(registry, role);

    expect(policies.length).toBeLessThanOrEqual(10);
    for (const policy of policies) expect(policy.length).toBeLessThanOrEqual(6144);
  },
);

/** The program with environments that differ as much as they can. */
function program() {
  const app = Testing.app();
  const endpoints = anEnvironment('dev', { suffix: 'b', github: GITHUB });
  const network = { ...endpoints.network, egress: 'endpoints' as const };
  const identity = { ...endpoints.identity, loginPages: false };
  addStore(app, [dev, prod, { ...endpoints, network, identity }]);
  const stacks = app.node.children.filter((child) => child instanceof StoreStack);
  return { app, stacks: stacks.filter(({ place }) => place.label !== anAccount().label) };
}

test('what the roles know are the types and the stacks that environments have, no more', () => {
  const { stacks } = program();
  const types = stacks.flatMap(({ node }) =>
    node
      .findAll()
      .filter((each) => each instanceof TerraformResource || each instanceof TerraformDataSource),
  );

  expect(new Set(types.map(({ terraformResourceType }) => terraformResourceType))).toEqual(
    new Set(Object.keys(TERRAFORM_TYPES)),
  );
  expect(new Set(stacks.map(({ node, place }) => node.id.slice(place.label.length + 1)))).toEqual(
    new Set(ENVIRONMENT_STACKS),
  );
});

test('a type that no pipeline may make fails the synthesis, and says where to list it', () => {
  const { app, stacks } = program();
  const stack = stacks.find(({ node }) => node.id === 'dev-network');
  if (stack !== undefined) new IamUser(stack, 'user', { name: 'somebody' });

  expect(() => app.synth()).toThrow(
    /\[dev-network\/user\] aws_iam_user is new here.* list it in stacks\/pipelines\/actions\//,
  );
});
