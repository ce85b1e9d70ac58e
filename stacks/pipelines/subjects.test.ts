import { GITHUB } from '../testing/pipelines.ts';
import { anEnvironment } from '../testing/places.ts';
import { subjectsOf } from './subjects.ts';

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

test('without a repository nobody is trusted', () => {
  expect(subjectsOf(anEnvironment(), 'plan')).toEqual([]);
});
