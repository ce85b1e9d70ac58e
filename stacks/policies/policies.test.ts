import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Testing } from 'cdktf';
import { policyDocument } from '../constructs/policy-document.ts';
import { loadEnvironments } from '../environment-rules.ts';
import { environments } from '../environments.ts';
import { StoreStack } from '../store-stack.ts';
import { addStore } from '../store.ts';
import { anEnvironment } from '../testing/places.ts';
import { GITHUB } from '../testing/pipelines.ts';
import { someTable } from '../testing/some-table.ts';

class AnyStack extends StoreStack {
  constructor(app = Testing.app()) {
    super(app, anEnvironment(), 'any');
  }
}

const everybody = policyDocument({ principals: '*', actions: ['sqs:*'], resources: ['*'] });

test.each<readonly [string, (stack: AnyStack) => unknown]>([
  ['aws_sqs_queue must be encrypted', (stack) => new SqsQueue(stack, 'it', {})],
  [
    'aws_subnet gets a public address',
    (stack) => new Subnet(stack, 'it', { vpcId: 'x', mapPublicIpOnLaunch: true }),
  ],
  [
    'the policy of aws_sqs_queue_policy lets everybody in',
    (stack) => new SqsQueuePolicy(stack, 'it', { queueUrl: 'x', policy: everybody }),
  ],
  [
    'aws_vpc_security_group_ingress_rule lets in 0.0.0.0/0',
    (stack) =>
      new VpcSecurityGroupIngressRule(stack, 'it', {
        securityGroupId: 'x',
        ipProtocol: 'tcp',
        cidrIpv4: '0.0.0.0/0',
      }),
  ],
  [
    'aws_subnet changes Owner',
    (stack) => new Subnet(stack, 'it', { vpcId: 'x', tags: { Owner: '' } }),
  ],
])('every stack is told when %s', (message, build) => {
  const stack = new AnyStack();
  build(stack);

  expect(() => Testing.fullSynth(stack)).toThrow(`[dev-any/it] ${message}`);
});

const { dev, staging, prod } = someTable;

test.each([
  ['the table as it stands', environments],
  [
    'an environment without the internet, and one with a domain and access logs',
    {
      dev: {
        ...dev,
        network: { ...dev.network, egress: 'endpoints' },
        identity: { ...dev.identity, loginPages: false },
      },
      prod,
    },
  ],
  [
    'a repository that deploys all environments, two accounts, two copies',
    {
      dev: { ...dev, github: GITHUB },
      staging: { ...staging, github: GITHUB },
      other: {
        ...dev,
        suffix: 'b',
        network: { ...dev.network, cidr: '10.40.0.0/16' },
        github: GITHUB,
      },
      prod: { ...prod, accountId: '210987654321', github: GITHUB },
    },
  ],
] as const)('%s: every policy is kept', (_, table) => {
  const app = Testing.app();
  addStore(app, loadEnvironments(table));

  expect(() => {
    app.synth();
  }).not.toThrow();
});
