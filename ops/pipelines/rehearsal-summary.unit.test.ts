import { summaryOf } from './rehearsal-summary.ts';

const report = {
  environment: 'dev',
  seconds: 754,
  checks: [{ step: 'traffic', name: 'the store answers' }],
  requests: { sent: 1285, failed: 0 },
};

test('a rehearsal that holds is one line', () => {
  expect(summaryOf(report)).toContain(
    '## Rehearsal of dev: it holds\n\n1 checks passed, 0 failed.',
  );
});

test('what does not hold is named, by its first line', () => {
  const checks = [
    ...report.checks,
    { step: 'change', name: 'nothing is lost', failure: '3\nlost' },
  ];

  const summary = summaryOf({ ...report, checks });

  expect(summary).toContain('it does not hold');
  expect(summary).toContain('- **change**: nothing is lost (3)\n');
});

test('one that was broken off does not hold', () => {
  expect(summaryOf({ ...report, ended: 'Terraform is missing' })).toMatch(
    /does not hold\n\nIt did not come to its end: Terraform is missing\./,
  );
});

test('where there was nothing to do that is said', () => {
  expect(summaryOf(undefined)).toContain('nothing that is deployed has changed');
});
