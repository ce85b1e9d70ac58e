import type { Waiver } from '../../stacks/policies/waiver.ts';
import type { Judged } from './judgement.ts';
import { reportOf, show } from './report.ts';

const waiver: Waiver = {
  rule: 'CKV_AWS_27',
  path: '*-service/queue',
  reason: 'Nothing is ever written to it',
  owner: 'somebody',
  expires: '2027-05-31',
};

const finding: Judged = {
  check: 'CKV_AWS_27',
  title: 'Ensure the queue is encrypted',
  stack: 'stacks/dev-copy-service',
  resource: 'resource.queue_1A2B',
  path: 'dev-copy-service/queue',
  attributes: ['kms_master_key_id'],
  waiver: undefined,
};

const scanned = {
  findings: [],
  passed: new Map([
    ['stacks/dev-copy-service', 5],
    ['stacks/dev-copy-network', 7],
  ]),
};

test('a finding fails its stack and says where, what, and how to go on', () => {
  const report = reportOf(scanned, { findings: [finding], stale: [] }, undefined);

  expect(show(report)).toBe(`FAILED  stacks/dev-copy-service
        CKV_AWS_27: Ensure the queue is encrypted
          dev-copy-service/queue, at kms_master_key_id: mend it, or waive it in stacks/waivers.ts (path '*-service/queue')
ok      stacks/dev-copy-network (7 checks passed, 0 waived)
ok      stacks/waivers.ts: each waiver of a check is needed
2 passed, 1 failed`);
});

test('a waived finding is counted', () => {
  const report = reportOf(scanned, { findings: [{ ...finding, waiver }], stale: [] }, true);

  expect(report).toMatchObject({ passed: 4, failed: 0 });
  expect(show(report)).toContain('ok      stacks/dev-copy-service (5 checks passed, 1 waived)');
});

test('a waiver whose construct has moved gets its new path', () => {
  const stale = [{ ...waiver, movedTo: '*-service/lines/queue' }];

  expect(show(reportOf(scanned, { findings: [], stale }, true))).toContain(
    "checkov finds nothing there: it has moved, write '*-service/lines/queue'",
  );
});

test('a waiver that is not needed fails, as does checkov alone', () => {
  const report = reportOf(scanned, { findings: [], stale: [waiver] }, false);

  expect(report).toMatchObject({ passed: 2, failed: 2 });
  expect(show(report)).toContain(
    'the waiver of CKV_AWS_27 for *-service/queue: checkov finds nothing there: delete it',
  );
});
