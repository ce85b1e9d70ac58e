/** Variables of what runs that hold a secret themselves. */
import { secretIn } from '../../../stacks/policies/secret-shapes.ts';
import type { PlannedChange, Values } from '../change.ts';
import { jsonIn } from '../json-in.ts';
import { listed, member } from './differences.ts';

/** @returns names of those that were not so before */
export function plainSecrets({ type, before, after }: PlannedChange): string[] {
  const old = new Set(secretsIn(type, before));
  return secretsIn(type, after).filter((name) => !old.has(name));
}

function secretsIn(type: string, values: Values): string[] {
  return variablesOf(type, values)
    .filter(([name, value]) => secretIn(name, value) !== undefined)
    .map(([name]) => name);
}

function variablesOf(type: string, values: Values): (readonly [string, string])[] {
  if (type === 'aws_lambda_function') {
    return listed(values['environment']).flatMap((block) =>
      Object.entries((member(block, 'variables') ?? {}) as Record<string, string>),
    );
  }
  if (type === 'aws_codebuild_project') {
    const blocks = listed(values['environment']).flatMap((block) =>
      listed(member(block, 'environment_variable')),
    );
    return blocks.filter((block) => member(block, 'type') === 'PLAINTEXT').map(pair);
  }
  const containers = listed(readContainers(values['container_definitions']));
  return containers.flatMap((each) => listed(member(each, 'environment'))).map(pair);
}

function pair(block: unknown): readonly [string, string] {
  const value = member(block, 'value');
  return [String(member(block, 'name')), typeof value === 'string' ? value : ''];
}

function readContainers(text: unknown): unknown {
  return typeof text === 'string' ? jsonIn(text) : [];
}
