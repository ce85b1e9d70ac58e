import { Testing } from 'cdktf';
import { PROJECT } from '../contract.ts';
import { RegistryStack } from './registry-stack.ts';
import { StateStack } from './state-stack.ts';
import { anAccount, anEnvironment } from './testing/places.ts';
import { resourcesOf, synthesise } from './testing/synthesise.ts';

test('says where images are pushed', () => {
  const { output } = synthesise(new RegistryStack(Testing.app(), anAccount()));

  expect(output['repository_url']).toMatchObject({
    value: expect.stringMatching(/^\$\{aws_ecr_repository\..+\.repository_url\}$/),
  });
});

test('accounts that pull are handed on to the repository', () => {
  const account = anAccount();

  const alone = synthesise(new RegistryStack(Testing.app(), account));
  const app = Testing.app();
  new StateStack(app, { ...account, accountId: '210987654321', label: 'another' });
  const shared = synthesise(new RegistryStack(app, account, { pullAccounts: ['210987654321'] }));

  expect(resourcesOf(alone, 'aws_ecr_repository_policy')).toEqual([]);
  expect(JSON.stringify(resourcesOf(shared, 'aws_ecr_repository_policy'))).toContain(
    'arn:aws:iam::210987654321:root',
  );
});

test('each environment has a limit for its roles, on its own path', () => {
  const account = anAccount(anEnvironment('dev'), anEnvironment('prod'));

  const policies = resourcesOf(
    synthesise(new RegistryStack(Testing.app(), account)),
    'aws_iam_policy',
  );

  expect(policies.map(({ name, path }) => [name, path])).toEqual([
    [`${PROJECT}-dev-boundary`, `/${PROJECT}/dev/`],
    [`${PROJECT}-prod-boundary`, `/${PROJECT}/prod/`],
  ]);
});
