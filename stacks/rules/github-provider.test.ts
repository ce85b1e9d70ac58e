import { GITHUB } from '../testing/pipelines.ts';
import { problemsOf, tableWith } from '../testing/tables.ts';

const both = (later: object) =>
  tableWith({ 'dev.github': GITHUB, 'prod.github': { ...GITHUB, provider: 'existing' }, ...later });

test('environments may have a repository or not', () => {
  expect(problemsOf(tableWith({ 'prod.github': GITHUB }))).toEqual([]);
  expect(problemsOf(both({ 'prod.github': GITHUB }))).toEqual([]);
});

test('environments of one account agree on who makes the provider', () => {
  expect(problemsOf(both({}))).toEqual([
    "prod.github.provider is 'existing': expected 'create', as dev says of the same account",
  ]);
  expect(problemsOf(both({ 'prod.accountId': '123456789012' }))).toEqual([]);
});

test('in a second region it is there already', () => {
  const elsewhere = { 'prod.region': 'eu-west-1' };

  expect(problemsOf(both(elsewhere))).toEqual([]);
  expect(problemsOf(both({ ...elsewhere, 'prod.github': GITHUB }))).toEqual([
    "prod.github.provider is 'create': expected 'existing', as dev makes it for the whole account",
  ]);
});

test.each([
  ['repository', 'octo-org', "'<owner>/<repository>', such as 'octo-org/store'"],
  ['repository', 'octo-org/*', "'<owner>/<repository>', such as 'octo-org/store'"],
  ['repository', 'octo-org/store:ref', "'<owner>/<repository>', such as 'octo-org/store'"],
  ['ownerId', '*', 'owner.id of GET https://api.github.com/repos/<owner>/<repository>, as text'],
  ['repositoryId', '007', 'id of GET https://api.github.com/repos/<owner>/<repository>, as text'],
])('%s cannot be %s', (setting, value, expected) => {
  expect(problemsOf(tableWith({ 'dev.github': { ...GITHUB, [setting]: value } }))).toEqual([
    `dev.github.${setting} is '${value}': expected ${expected}`,
  ]);
});
