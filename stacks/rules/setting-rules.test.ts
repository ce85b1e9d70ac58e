import { problemsOf, tableWith } from '../testing/tables.ts';

function problemsWith(changes: Readonly<Record<string, unknown>>): readonly string[] {
  return problemsOf(tableWith(changes));
}

test.each([
  [256, [512, 1024, 2048], [1536, 3072]],
  [512, [1024, 2048, 3072, 4096], [512, 1536, 5120]],
  [1024, [2048, 5120, 8192], [1024, 2560, 9216]],
  [2048, [4096, 16_384], [3072, 17_408]],
  [4096, [8192, 30_720], [7168, 8704]],
])('Fargate offers cpu %d with %p MiB, not with %p', (cpu, offered, others) => {
  const said = (memoryMb: number) =>
    problemsWith({ 'dev.service.cpu': cpu, 'dev.service.memoryMb': memoryMb });

  expect(offered.flatMap(said)).toEqual([]);
  expect(others.flatMap(said)).toEqual(
    others.map((memoryMb) =>
      expect.stringContaining(
        `dev.service.memoryMb is ${memoryMb}: expected MiB that Fargate offers with cpu ${cpu}: `,
      ),
    ),
  );
});

test('storage grows by a tenth at least, as RDS wants it', () => {
  const said = (storageGb: number, maxStorageGb: number) =>
    problemsWith({
      'dev.database.storageGb': storageGb,
      'dev.database.maxStorageGb': maxStorageGb,
    });

  // 1.1 times 20 is a little more than 22 for a computer.
  expect(said(20, 22)).toEqual([]);
  expect(said(101, 111)).toEqual([
    'dev.database.maxStorageGb is 111: expected at least 112, a tenth more than storageGb',
  ]);
});

test('there are no more tasks at least than at most', () => {
  expect(problemsWith({ 'dev.service.minTasks': 2, 'dev.service.maxTasks': 2 })).toEqual([]);
  expect(problemsWith({ 'dev.service.minTasks': 5 })).toEqual([
    'dev.service.maxTasks is 2: expected at least minTasks, which is 5',
  ]);
});

test('each zone stands once', () => {
  // In any order: a zone that is added later stands last.
  expect(problemsWith({ 'dev.network.zones': ['c', 'a', 'b'] })).toEqual([]);
  expect(problemsWith({ 'dev.network.zones': ['a', 'b', 'a'] })).toEqual([
    "dev.network.zones is [ 'a', 'b', 'a' ]: expected each zone once",
  ]);
});

test('words that Cognito refuses stand in no host name', () => {
  expect(problemsWith({ 'dev.suffix': 'aws', 'dev.identity.loginPrefix': 'my-cognito' })).toEqual([
    "dev.suffix is 'aws': expected characters without 'aws', 'amazon' and 'cognito', which Cognito refuses",
    "dev.identity.loginPrefix is 'my-cognito': expected a host name without 'aws', 'amazon' and 'cognito', which Cognito refuses",
  ]);
});

test('a range has its own address and is private', () => {
  expect(problemsWith({ 'dev.network.cidr': '10.0.0.0/33' })).toEqual([
    "dev.network.cidr is '10.0.0.0/33': expected a private IPv4 range from /16 to /22, such as 10.10.0.0/16",
  ]);
});
