/** What is read from stacks that the store does not have. */
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { Testing } from 'cdktf';
import { policyDocument } from '../../stacks/constructs/policy-document.ts';
import { StoreStack } from '../../stacks/store-stack.ts';
import { anAccount, anEnvironment } from '../../stacks/testing/places.ts';
import { Program } from '../../stacks/written/program.ts';
import { may, type Permissions, permissionsOf, roleCalled } from './ask.ts';
import { decisionText } from './layout.ts';

const environment = anEnvironment('dev');
const { accountId, region } = environment;
const trust = policyDocument({
  principals: { Service: 'lambda.amazonaws.com' },
  actions: ['sts:AssumeRole'],
});
const send = (arn: string) => policyDocument({ actions: ['sqs:SendMessage'], resources: [arn] });

class ExtraStack extends StoreStack {}

/** Of a stack with one queue and one role, and what a test adds. */
function permissionsWith(add: (stack: StoreStack, role: IamRole, queue: SqsQueue) => void) {
  const stack = new ExtraStack(Testing.app(), environment, 'extra');
  const queue = new SqsQueue(stack, 'queue', { name: 'jobs' });
  const role = new IamRole(stack, 'role', { name: 'worker', assumeRolePolicy: trust });
  add(stack, role, queue);
  return permissionsOf(Program.of(stack), environment, anAccount(environment));
}

function answer(permissions: Permissions, action: string, resource: string): boolean {
  return may(permissions, roleCalled(permissions, 'worker'), { action, resource }).allowed;
}

const QUEUE = `arn:aws:sqs:${region}:${accountId}:jobs`;

test('policies are found wherever they stand', () => {
  const beside = permissionsWith((stack, role, queue) => {
    new IamRolePolicy(stack, 'policy', { role: role.id, policy: send(queue.arn) });
  });
  const attached = permissionsWith((stack, role, queue) => {
    const { arn } = new IamPolicy(stack, 'policy', { name: 'a', policy: send(queue.arn) });
    new IamRolePolicyAttachment(stack, 'attachment', { role: role.name, policyArn: arn });
  });
  const onQueue = permissionsWith((stack, role, queue) => {
    const policy = policyDocument({
      principals: { AWS: role.arn },
      actions: ['sqs:SendMessage'],
      resources: [queue.arn],
    });
    new SqsQueuePolicy(stack, 'policy', { queueUrl: queue.url, policy });
  });

  const answers = [beside, attached, onQueue].map((each) => answer(each, 'sqs:SendMessage', QUEUE));

  expect(answers).toEqual([true, true, true]);
});

test('a key without a policy leaves it to the roles', () => {
  const permissions = permissionsWith((stack, role) => {
    const key = new KmsKey(stack, 'key');
    const policy = policyDocument({ actions: ['kms:Decrypt'], resources: [key.arn] });
    new IamRolePolicy(stack, 'policy', { role: role.id, policy });
  });
  const key = `arn:aws:kms:${region}:${accountId}:key/<dev-extra/key>`;

  expect(answer(permissions, 'kms:Decrypt', key)).toBe(true);
  expect(answer(permissions, 'kms:Encrypt', key)).toBe(false);
});

test('a role with a policy of AWS has no answers', () => {
  const policyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const permissions = permissionsWith((stack, role) => {
    new IamRolePolicyAttachment(stack, 'attachment', { role: role.name, policyArn });
  });

  expect(permissions.roles[0]?.unknownPolicies).toEqual([policyArn]);
  expect(() => answer(permissions, 'sqs:SendMessage', QUEUE)).toThrow(
    `worker holds ${policyArn}, whose text is not in the stacks`,
  );
});

test('what would be left out is refused', () => {
  const inside = () =>
    permissionsWith((_, role, queue) => {
      role.putInlinePolicy([{ name: 'a', policy: send(queue.arn) }]);
    });
  const unknownBoundary = () =>
    permissionsWith((_, role) => {
      role.permissionsBoundary = `arn:aws:iam::${accountId}:policy/limit`;
    });
  const unknownType = () =>
    permissionsWith((stack, role) => {
      const { arn } = new LambdaFunction(stack, 'function', { functionName: 'a', role: role.arn });
      new IamRolePolicy(stack, 'policy', { role: role.id, policy: send(arn) });
    });

  const unknownRole = () =>
    permissionsWith((stack, role, queue) => {
      new IamRolePolicy(stack, 'policy', { role: role.uniqueId, policy: send(queue.arn) });
    });

  expect(unknownRole).toThrow('dev-extra/policy: name its role by role.name');
  expect(inside).toThrow('dev-extra/role: write its inline_policy as an aws_iam_role_policy');
  expect(unknownBoundary).toThrow('policy/limit is made by no stack');
  expect(unknownType).toThrow('how those of aws_lambda_function look is not in');
});

test('an answer says what decides', () => {
  const permissions = permissionsWith((stack, role, queue) => {
    const policy = send(queue.arn);
    new IamRolePolicy(stack, 'policy', { name: 'jobs', role: role.id, policy });
  });
  const worker = roleCalled(permissions, 'worker');
  const text = (action: string) =>
    decisionText(may(permissions, worker, { action, resource: QUEUE }));

  expect(text('sqs:SendMessage')).toBe(
    `yes: identity policy 'jobs'\n  may          sqs:SendMessage\n                 on ${QUEUE}`,
  );
  expect(text('sqs:DeleteQueue')).toBe('no: no policy allows it');
  expect(() => roleCalled(permissions, 'manager')).toThrow("no role 'manager' among worker");
});
