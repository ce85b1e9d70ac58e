import { mayTakeOn } from './may-take-on.ts';
import { ACCOUNT, onResource } from './testing/policies.ts';

const githubTrust = onResource({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/issuer.example` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { 'issuer.example:sub': ['repo:a/b:ref:refs/heads/main'] } },
});
const serviceTrust = onResource(
  {
    Effect: 'Allow',
    Principal: { Service: ['ecs-tasks.amazonaws.com', 'scheduler.amazonaws.com'] },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
  },
  { Effect: 'Deny', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:*' },
);

const MAIN = 'repo:a/b:ref:refs/heads/main';
const GITHUB = {
  type: 'federated',
  name: `arn:aws:iam::${ACCOUNT}:oidc-provider/issuer.example`,
} as const;
const TASKS = { type: 'service', name: 'ecs-tasks.amazonaws.com' } as const;
const ours = { 'aws:SourceAccount': ACCOUNT };

test.each([
  ['a service for the account', serviceTrust, TASKS, ours, true],
  ['it for another account', serviceTrust, TASKS, { 'aws:SourceAccount': '9' }, false],
  ['it for nobody knows whom', serviceTrust, TASKS, {}, false],
  ['a denied one', serviceTrust, { ...TASKS, name: 'scheduler.amazonaws.com' }, ours, false],
  ['another service', serviceTrust, { ...TASKS, name: 'lambda.amazonaws.com' }, ours, false],
  ['a job', githubTrust, GITHUB, { 'issuer.example:sub': MAIN }, true],
  ['a job of another branch', githubTrust, GITHUB, { 'issuer.example:sub': `${MAIN}-2` }, false],
  [
    'a token of another issuer',
    githubTrust,
    { ...GITHUB, name: `${GITHUB.name}.net` },
    { 'issuer.example:sub': MAIN },
    false,
  ],
] as const)('%s', (...[, trust, taker, context, expected]) => {
  expect(mayTakeOn(trust, taker, context).allowed).toBe(expected);
});
