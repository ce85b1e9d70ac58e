import { baseline, judge, type Stale } from './judgement.ts';
import type { Finding } from './scan.ts';

function aFinding(differences: Partial<Finding> = {}): Finding {
  return {
    check: 'CKV_AWS_27',
    title: 'Ensure all data stored in the SQS queue is encrypted',
    stack: 'stacks/dev-service',
    resource: 'resource.queue_1A2B',
    path: 'dev-service/queue',
    attributes: [],
    ...differences,
  };
}

function aWaiver(differences: Partial<Stale> = {}): Stale {
  return {
    rule: 'CKV_AWS_27',
    path: '*-service/queue',
    reason: 'Nothing is ever written to it',
    owner: 'somebody',
    expires: '2027-05-31',
    ...differences,
  };
}

const inProduction = { stack: 'stacks/prod-service', path: 'prod-service/queue' };

test('a finding is waived in every environment that the path names', () => {
  const { findings } = judge([aFinding(), aFinding(inProduction)], [aWaiver()]);

  expect(findings.map(({ waiver }) => waiver)).toEqual([aWaiver(), aWaiver()]);
});

test.each([
  ['another check', { check: 'CKV_AWS_26' }],
  ['another construct', { path: 'dev-service/other' }],
])('%s is not waived, and the waiver is stale', (_, difference) => {
  const { findings, stale } = judge([aFinding(difference)], [aWaiver()]);

  expect(findings.map(({ waiver }) => waiver)).toEqual([undefined]);
  expect(stale).toEqual([aWaiver()]);
});

test('a waiver whose construct has moved is stale, with its new path', () => {
  const moves = [{ stack: 'service', from: 'queue', to: 'lines/queue' }];
  const moved = aFinding({ path: 'dev-service/lines/queue' });

  expect(judge([moved], [aWaiver()], moves).stale).toEqual([
    aWaiver({ movedTo: '*-service/lines/queue' }),
  ]);
  expect(judge([], [aWaiver()], moves).stale).toEqual([aWaiver()]);
});

test('a waiver of a rule of ours is not for checkov to judge', () => {
  expect(judge([], [aWaiver({ rule: 'encrypted-at-rest' })]).stale).toEqual([]);
});

test('waived findings become skips by file, resource and check', () => {
  const other = { check: 'CKV2_AWS_1', path: 'dev-service/queue' };
  const waivers = [aWaiver(), aWaiver({ rule: 'CKV2_AWS_1' })];

  const { findings } = judge([aFinding(), aFinding(other)], waivers);

  expect(baseline(findings)).toEqual({
    failed_checks: [
      {
        file: '/stacks/dev-service/cdk.tf.json',
        findings: [{ resource: 'resource.queue_1A2B', check_ids: ['CKV2_AWS_1', 'CKV_AWS_27'] }],
      },
    ],
  });
});

test('what nobody waived is no skip', () => {
  const { findings } = judge([aFinding()], []);

  expect(baseline(findings).failed_checks).toEqual([]);
});

test('no skip silences a finding of the same name in another stack', () => {
  const onlyHere = aWaiver({ path: 'dev-service/queue' });

  const { findings } = judge([aFinding(), aFinding(inProduction)], [onlyHere]);

  expect(baseline(findings).failed_checks).toEqual([]);
});
