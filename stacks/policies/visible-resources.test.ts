import { add, refusalOf } from '../testing/refusal.ts';
import { visibleResources } from './visible-resources.ts';

test.each<readonly [string, string, unknown, string]>([
  ['a module', 'module.vpc', { source: 'x/y/aws' }, 'module vpc hides from policies'],
  ['a check', 'check.site', { data: {} }, 'check site hides from policies'],
  ['a variable', 'variable.size', {}, 'write the value, or a setting of the table'],
  ['a local value', 'locals', { size: 1 }, 'write the value, or a setting of the table'],
  [
    'a provider that is required',
    'terraform.required_providers.random',
    { source: 'hashicorp/random' },
    'uses the provider random, whose resources no policy knows',
  ],
  [
    "somebody else's provider of the same name",
    'terraform.required_providers.aws',
    { source: 'somebody/aws' },
    'uses the provider aws from somebody/aws',
  ],
  ['a provider that is configured', 'provider.null', [{}], 'uses the provider null'],
  ['a resource by an override', 'resource.null_resource.it', {}, 'null_resource is not of AWS'],
  ['a program that is called', 'data.external.it', { program: ['x'] }, 'external is not of AWS'],
])('refuses %s', (_, path, value, expected) => {
  const refusal = refusalOf(visibleResources, (stack) => stack.addOverride(path, value));

  expect(refusal).toContain('[stack] ');
  expect(refusal).toContain(expected);
});

test.each(['null_resource', 'terraform_data', 'random_password'])('refuses a %s', (type) => {
  expect(refusalOf(visibleResources, (stack) => add(stack, type, 'it'))).toContain(
    `[stack/it] ${type} is not of AWS: write resources of the AWS provider`,
  );
});

test.each(['provisioner', 'connection'])('refuses a %s', (name) => {
  const attributes = { [name]: [{ 'local-exec': { command: 'curl' } }] };

  expect(refusalOf(visibleResources, (stack) => add(stack, 'aws_vpc', 'it', attributes))).toContain(
    `[stack/it] aws_vpc has a ${name}, which runs commands that no policy reads`,
  );
});

test('keeps resources of AWS, and what moves them', () => {
  expect(
    refusalOf(visibleResources, (stack) => {
      add(stack, 'aws_vpc', 'it');
      stack.addOverride('moved', [{ from: 'aws_vpc.former', to: 'aws_vpc.it' }]);
      stack.addOverride('data.aws_region.here', {});
    }),
  ).toBe('');
});
