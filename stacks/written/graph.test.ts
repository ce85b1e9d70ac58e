import { type App, TerraformOutput, TerraformResource, TerraformStack, Testing } from 'cdktf';
import { Graph } from './graph.ts';
import { Program } from './program.ts';
import type { Resource, WrittenStack } from './written-stack.ts';

const app: App = Testing.app();
const stack = new TerraformStack(app, 'stack');
const add = (name: string, dependsOn: TerraformResource[] = []) =>
  new TerraformResource(stack, name, { terraformResourceType: 'any_thing', dependsOn });
const first = add('first');
const second = add('second');
second.addOverride('named', `\${${first.fqn}.id}`);
add('third', [second]);
add('alone');
new TerraformOutput(stack, 'told', { value: first.fqn });

const [written] = Program.of(app).stacks as [WrittenStack];
const graph = new Graph(written);
const called = (name: string) =>
  written.resources.find((one) => one.path === `stack/${name}`) as Resource;

test.each([
  ['second', 'first', true],
  ['third', 'second', true],
  ['third', 'first', true],
  ['first', 'third', false],
  ['alone', 'first', false],
])('%s needs %s: %s', (one, other, needs) => {
  expect(graph.needs(called(one), called(other))).toBe(needs);
});
