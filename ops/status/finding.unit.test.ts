import { ago, asText, notWell, well } from './finding.ts';
import { ageFinding } from './secrets.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);

test('what is not well is marked and counted', () => {
  expect(asText([well('tasks', '2 run'), notWell('image', 'nothing was released yet')])).toBe(
    ['ok   tasks  2 run', 'NOT  image  nothing was released yet', '', '1 of 2 are not well.'].join(
      '\n',
    ),
  );
  expect(asText([well('tasks', '2 run')])).toMatch(/All is well\.$/);
});

test.each([
  [0, '0 min ago'],
  [59 * 60_000, '59 min ago'],
  [5 * 3_600_000, '5 hours ago'],
  [10 * DAY, '10 days ago'],
])('%d milliseconds are %s', (age, expected) => {
  expect(ago(new Date(NOW - age), NOW)).toBe(expected);
});

test.each([
  [30, true],
  [31, true],
  [32, false],
])('a login of 30 days that is %d days old: well is %s', (days, isWell) => {
  const finding = ageFinding({ what: 'login', days: 30 }, new Date(NOW - days * DAY), NOW);

  expect(finding.isWell).toBe(isWell);
});

test('a login of unknown age is not well', () => {
  expect(ageFinding({ what: 'login', days: 30 }, undefined).isWell).toBe(false);
});

test('a login that is too old says what to do, one that is not says nothing', () => {
  const login = { what: 'login', days: 30, next: 'npm run rotate -- dev' };

  expect(ageFinding(login, new Date(NOW - 40 * DAY), NOW).text).toMatch(
    /due every 30 days: npm run rotate -- dev$/,
  );
  expect(ageFinding(login, new Date(NOW), NOW).text).toMatch(/due every 30 days$/);
});
