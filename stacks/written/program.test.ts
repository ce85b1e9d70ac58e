import { Testing } from 'cdktf';
import { addEnvironment } from '../store.ts';
import { anEnvironment } from '../testing/places.ts';
import { Program } from './program.ts';
import type { Attributes, WrittenStack } from './written-stack.ts';

const app = Testing.app();
addEnvironment(app, anEnvironment());
const program = Program.of(app);

function stackCalled(name: string): WrittenStack {
  return program.stacks.find((stack) => stack.name === name) as WrittenStack;
}

function attributesOf(stack: WrittenStack, path: string): Attributes {
  return stack.resources.find((one) => one.path === path)?.attributes as Attributes;
}

test('a reference within a stack leads to its resource', () => {
  const stack = stackCalled('dev-database');
  const { engine, kms_key_id: key } = attributesOf(stack, 'dev-database/postgres/instance');

  expect(engine).toBe('postgres');
  expect(program.targetOf(stack, key)).toMatchObject({
    stack: { name: 'dev-database' },
    resource: { path: 'dev-database/key/key' },
    attribute: 'arn',
  });
});

test('a reference to another stack leads through its output', () => {
  const stack = stackCalled('dev-service');
  const { network_configuration: network } = attributesOf(stack, 'dev-service/service/service');

  const paths = program.targetsIn(stack, network).map(({ resource }) => resource.path);

  expect(paths.toSorted()).toEqual([
    'dev-database/postgres/client-group/group',
    'dev-network/vpc/private-a',
    'dev-network/vpc/private-b',
    'dev-service/task-group/group/group',
  ]);
});

test('what nobody made leads nowhere', () => {
  expect(program.targetOf(stackCalled('dev-network'), '${aws_vpc.none.id}')).toBeUndefined();
});
