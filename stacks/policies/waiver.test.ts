import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { Aspects, TerraformStack, Testing } from 'cdktf';
import { type Rule, uphold } from './policy.ts';
import { isWaived, matches, usesIn, type Waiver } from './waiver.ts';

const waiver: Waiver = {
  rule: 'encrypted-at-rest',
  path: '*-service/queue',
  reason: 'Nothing is ever written to it',
  owner: 'somebody',
  expires: '2027-05-31',
};

/** Refuses whatever is built. */
const nothingAllowed: Rule = {
  name: waiver.rule,
  check: ({ resources }, refuse) => {
    for (const resource of resources) refuse(resource, 'may not be');
  },
};

function aQueue(id = 'queue') {
  const stack = new TerraformStack(Testing.app(), 'trial-service');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  const queue = new SqsQueue(stack, id, { name: 'x' });
  Aspects.of(stack).add(uphold([nothingAllowed], [waiver]));
  return { stack, queue };
}

test.each([
  ['*-service/queue', 'dev-service/queue', true],
  ['*-service/queue', 'dev-copy-service/queue', true],
  ['*-service/queue', 'dev-service/door/queue', false],
  ['*-service/queue', 'dev-service/queue/policy', false],
  ['*/queue', 'dev-service/queue', true],
  ['*', 'dev-service/queue', false],
  ['prod-service/*-log', 'prod-service/upgrade-log', true],
  ['prod.service/queue', 'prod-service/queue', false],
])('%s matches %s: %s', (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

test('what is waived is not refused', () => {
  const { stack } = aQueue();

  expect(() => Testing.fullSynth(stack)).not.toThrow();
});

test('what is refused at a stack itself is waived by its path', () => {
  const { stack } = aQueue();

  expect(isWaived([{ ...waiver, path: '*-service' }], waiver.rule, stack)).toBe(true);
});

test('a path that is no text waives nothing', () => {
  const { queue } = aQueue();
  const [path] = [] as string[];

  expect(isWaived([{ ...waiver, path: path as string }], waiver.rule, queue)).toBe(false);
});

test('its neighbour is refused', () => {
  const { stack } = aQueue('other');

  expect(() => Testing.fullSynth(stack)).toThrow('may not be (policy encrypted-at-rest)');
});

test('the waiver of one rule is none of another', () => {
  const { queue } = aQueue();

  expect(isWaived([waiver], 'tagged', queue)).toBe(false);
});

test('what it was of use for is remembered', () => {
  const { stack, queue } = aQueue();

  isWaived([waiver], waiver.rule, queue);

  expect(usesIn(stack.node.root).get(waiver)).toEqual(new Set(['trial-service/queue']));
});
