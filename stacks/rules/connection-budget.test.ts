import { problemsOf, tableWith } from '../testing/tables.ts';

test.each([
  ['db.t4g.micro', 4],
  ['db.t4g.small', 13],
  ['db.m7g.large', 64],
])('%s is enough for %i tasks with 5 connections each, and for no more', (instanceClass, most) => {
  const table = (maxTasks: number) =>
    tableWith({
      'staging.database.instanceClass': instanceClass,
      'staging.service.maxTasks': maxTasks,
    });

  expect(problemsOf(table(most))).toEqual([]);
  expect(problemsOf(table(most + 1))).toHaveLength(1);
});

test('more tasks than the database has connections for: the sentence counts them', () => {
  const table = tableWith({ 'prod.service.maxTasks': 40 });

  expect(problemsOf(table)).toEqual([
    'prod.service.maxTasks is 40: expected at most 32, as a deployment doubles the tasks, each has 10 connections (service.poolSize), and of those that db.m7g.large takes 648 are for the service; or a larger database.instanceClass',
  ]);
});

test('no class takes more than 5000 connections', () => {
  const table = tableWith({
    'prod.database.instanceClass': 'db.r7g.16xlarge',
    'prod.service.maxTasks': 100,
    'prod.service.poolSize': 20,
  });

  expect(problemsOf(table)).toEqual([
    expect.stringContaining('prod.service.maxTasks is 100: expected at most 99'),
  ]);
});

test('a class whose memory nobody has added is refused, with where to add it', () => {
  const table = tableWith({ 'dev.database.instanceClass': 'db.x9.large' });

  expect(problemsOf(table)).toEqual([
    expect.stringMatching(
      /^dev\.database\.instanceClass is 'db\.x9\.large': .*stacks\/rules\/connection-budget\.ts$/,
    ),
  ]);
});
