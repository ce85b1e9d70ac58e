import { GITHUB } from '../testing/pipelines.ts';
import { anEnvironment } from '../testing/places.ts';
import { subjectsOf, trustOf } from './subjects.ts';

test('pull requests and the main branch may plan, as names and as ids', () => {
  expect(subjectsOf(anEnvironment('dev', { github: GITHUB }), 'plan')).toEqual([
    'repo:octo-org/store:pull_request',
    'repo:octo-org/store:ref:refs/heads/main',
    'repo:octo-org@123456/store@456789:pull_request',
    'repo:octo-org@123456/store@456789:ref:refs/heads/main',
  ]);
});

test('only a job of the environment may apply', () => {
  expect(subjectsOf(anEnvironment('prod', { github: GITHUB }), 'apply')).toEqual([
    'repo:octo-org/store:environment:prod',
    'repo:octo-org@123456/store@456789:environment:prod',
  ]);
});

test('names alone are not trusted, nor other branches with what is applied', () => {
  const environment = anEnvironment('prod', { github: GITHUB });
  const [plan, apply] = [trustOf(environment, 'plan'), trustOf(environment, 'apply')];
  const ids = {
    'token.actions.githubusercontent.com:repository_id': ['456789'],
  };

  expect(plan).toMatchObject(ids);
  expect(apply).toMatchObject({
    ...ids,
    'token.actions.githubusercontent.com:ref': ['refs/heads/main'],
  });
  expect(Object.keys(plan).filter((key) => key.endsWith(':ref'))).toEqual([]);
});

test('without a repository nobody is trusted', () => {
  expect(subjectsOf(anEnvironment(), 'plan')).toEqual([]);
  expect(trustOf(anEnvironment(), 'plan')).toEqual({});
});
