import { TEMPLATE_ACCOUNT } from '../../stacks/environments.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { GITHUB, registryOf } from '../../stacks/testing/pipelines.ts';
import { resourcesOf } from '../../stacks/testing/synthesise.ts';
import { chainOf, stopsOf, whyNone } from './stops.ts';

const dev = anEnvironment('dev', { github: GITHUB });
const staging = anEnvironment('staging', { github: GITHUB });
const prod = anEnvironment('prod', { github: GITHUB });

const namesOf = ({ first, middle, production }: ReturnType<typeof chainOf>) => [
  first?.name,
  ...[middle, production].flatMap((next) =>
    next === undefined ? [] : [`${next.from} to ${next.name}`],
  ),
];

test('a commit goes from the first environment over the last one to production', () => {
  const demo = { ...dev, name: 'demo' };

  expect(namesOf(chainOf(stopsOf([dev, demo, staging, prod])))).toEqual([
    'dev',
    'dev to staging',
    'staging to prod',
  ]);
  expect(namesOf(chainOf(stopsOf([dev, prod])))).toEqual(['dev', 'dev to prod']);
  expect(namesOf(chainOf(stopsOf([dev])))).toEqual(['dev']);
});

test('production alone has nothing that was tested before', () => {
  expect(chainOf(stopsOf([prod]))).toEqual({});
});

test('environments of the template, without a repository, or of another one are left alone', () => {
  const template = { ...dev, accountId: TEMPLATE_ACCOUNT };
  const { github: _, ...closed } = staging;

  expect(stopsOf([template, closed], GITHUB.repository)).toEqual([]);
  expect(stopsOf([dev, prod], 'somebody/fork')).toEqual([]);
  expect(stopsOf([dev, prod], GITHUB.repository)).toHaveLength(2);
});

test('whoever has set up nothing is told the command', () => {
  const { github: _, ...closed } = dev;

  expect(whyNone([closed])).toMatch(/accountId and github .* npm run bootstrap -- dev /);
  expect(whyNone([dev], 'somebody/fork')).toContain('lets in octo-org/store, and this is somebody');
});

test('the roles are those that the registry stack makes', () => {
  const [stop] = stopsOf([dev]);
  const made = resourcesOf(registryOf(dev), 'aws_iam_role').map(
    ({ path, name }) => `arn:aws:iam::${dev.accountId}:role${String(path)}${String(name)}`,
  );

  expect(made.toSorted()).toEqual([stop?.applyRole, stop?.planRole]);
});
