import { INJECTED } from '../emulator/containers/injected.ts';
import { NOT_PROVED } from './not-proved.ts';
import { type Report, toMarkdown } from './report.ts';

const report: Report = {
  id: '2026-01-01-abc',
  environment: 'dev',
  command: 'npm run rehearse',
  began: '2026-01-01T12:00:00.000Z',
  seconds: 431,
  peakMemory: 2345,
  steps: [
    { step: 'bootstrap', outcome: 'passed', seconds: 71 },
    { step: 'change', outcome: 'failed', seconds: 90 },
    { step: 'permissions', outcome: 'skipped', seconds: 0, why: 'only change was asked for' },
  ],
  checks: [
    { step: 'bootstrap', name: 'bootstrap makes the bucket' },
    { step: 'change', name: 'no request failed', failure: '2 of 900 requests failed\nGET /' },
  ],
  load: [{ step: 'change', requests: 900, failed: [{ at: 0, method: 'GET', path: '/' }] }],
  requests: { sent: 900, failed: 1 },
  times: [
    { command: 'change-release', seconds: 61, parts: ['dev-service: 1 updated (40 s)'] },
    { command: 'versions', seconds: 1, parts: [] },
  ],
  created: { aws_lb: 1, aws_subnet: 6 },
  overrides: [],
  injected: INJECTED,
  drift: [],
  unused: [
    {
      role: 'store-dev-plan',
      calls: 7,
      allowed: 3,
      unused: ['ec2:DescribeVpcs', 's3:GetBucketAcl'],
    },
  ],
  leftOut: [],
  gapFillers: [{ file: 'gaps/rds.py', says: 'Reads a | b.' }],
  notProved: NOT_PROVED,
  versions: { Terraform: '1.11.4' },
};

const text = toMarkdown(report);

test('it begins with how it went', () => {
  expect(text).toMatch(
    /^# Rehearsal of dev, 2026-01-01-abc\n\n.*7:11 min: 1 checks passed, 1 failed/,
  );
});

test('one that was broken off says so before anything else, with the reason', () => {
  const broken = toMarkdown({
    ...report,
    ended: 'stopped by SIGINT',
    steps: [{ step: 'change', outcome: 'interrupted', seconds: 3 }],
  });

  expect(broken).toMatch(/^# Broken off: .*\n\n\*\*.*stopped by SIGINT\.\*\*\n/);
  expect(broken).toContain('| change | interrupted | 3 s |');
});

test('it says how much memory is needed', () => {
  expect(text).toContain('\nPeak memory: 2345 MB.\n');
});

test('each step has its outcome, its time and its requests', () => {
  expect(text).toContain('| change | failed | 1:30 min | 900 | 1 |');
  expect(text).toContain('| permissions | skipped: only change was asked for | 0 s |  |  |');
});

test('a broken promise is told with its reason, one that was kept with its name', () => {
  expect(text).toContain('- ok: bootstrap makes the bucket');
  expect(text).toContain('- **failed**: no request failed\n\n      2 of 900 requests failed');
});

test('it says what is not proved, whatever the outcome', () => {
  for (const { what } of NOT_PROVED) expect(text).toContain(`| ${what} |`);
});

test('what a task gets beyond its definition is listed', () => {
  for (const { variable } of INJECTED) expect(text).toContain(`\`${variable}\`: `);
});

test('it says where the time went, but for moments', () => {
  expect(text).toContain('| change-release | 1:01 min | dev-service: 1 updated (40 s) |');
  expect(text).not.toContain('| versions |');
});

test('a bar in a sentence does not break its table', () => {
  expect(text).toContain('| `ops/emulator/gaps/rds.py` | Reads a \\| b. |');
});

test('what was created is counted by type', () => {
  expect(text).toContain('7 resources of 2 types.');
  expect(text).toContain('| aws_subnet | 6 |');
});
