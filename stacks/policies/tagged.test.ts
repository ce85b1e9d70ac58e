import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { TerraformStack, Testing } from 'cdktf';
import { refusalIn } from '../testing/refusal.ts';
import { tagged } from './tagged.ts';

const tags = {
  Project: 'store',
  Environment: 'dev',
  Stack: 'test',
  Owner: 'team',
  CostCenter: 'store',
  Repository: 'store',
};

const aStack = () => new TerraformStack(Testing.app(), 'stack');

function provide(stack: TerraformStack, provided: Record<string, string>, alias?: string) {
  return new AwsProvider(stack, alias ?? 'aws', {
    region: 'eu-central-1',
    defaultTags: [{ tags: provided }],
    ...(alias !== undefined && { alias }),
  });
}

test('a stack without an AWS provider is refused', () => {
  expect(refusalIn(aStack(), tagged)).toContain('[stack] no AWS provider that tags');
});

test.each(Object.keys(tags))('a provider without %s is refused', (tag) => {
  const stack = aStack();
  provide(stack, { ...tags, [tag]: ' ' });

  expect(refusalIn(stack, tagged)).toContain(`[stack] provider aws: add ${tag} to its defaultTags`);
});

test('a provider without any tags is refused, beside a tagged one too', () => {
  const stack = aStack();
  provide(stack, tags);
  new AwsProvider(stack, 'bare', { alias: 'virginia', region: 'us-east-1' });

  expect(refusalIn(stack, tagged)).toContain('[stack] provider aws.virginia: add Project, Env');
});

test('resources of tagged providers are kept, with more tags of their own', () => {
  const stack = aStack();
  provide(stack, tags);
  const provider = provide(stack, tags, 'virginia');
  new SqsQueue(stack, 'near', { tags: { Name: 'near' } });
  new SqsQueue(stack, 'far', { provider });

  expect(refusalIn(stack, tagged)).toBe('');
});

test("a resource that changes one of the provider's tags is refused", () => {
  const stack = aStack();
  provide(stack, tags);
  new SqsQueue(stack, 'queue', { tags: { Name: 'queue', Owner: 'nobody' } });

  expect(refusalIn(stack, tagged)).toContain('[stack/queue] aws_sqs_queue changes Owner: ');
});

test('a resource with a provider of another stack is refused', () => {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'stack');
  provide(stack, tags);
  const provider = provide(new TerraformStack(app, 'other'), tags, 'virginia');
  new SqsQueue(stack, 'queue', { provider });

  expect(refusalIn(stack, tagged)).toContain(
    '[stack/queue] aws_sqs_queue uses a provider of another stack',
  );
});
