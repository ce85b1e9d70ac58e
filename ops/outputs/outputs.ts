/** The outputs of an environment's stacks, read by Terraform. */
import type { Environment } from '../../stacks/place.ts';
import { STACKS, withStacks } from '../deployment/environment-stacks.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { Table } from '../deployment/synthesis.ts';
import { connectedTwoAtOnce } from '../deployment/two-at-once.ts';

type StackName = (typeof STACKS)[number];
type Values = Readonly<Record<string, unknown>>;

/** By stack; null where a stack is not applied. */
export type Outputs = Readonly<Record<string, Values | null>>;

/** @param names whose stacks. @default all. @throws SettingsError, NoTerraform, TerraformFailed, Interrupted */
export function readOutputs(
  table: Table,
  environment: Environment,
  names: readonly StackName[] = STACKS,
): Promise<Outputs> {
  return withStacks(table, environment, async (stacks) => {
    const entries = await connectedTwoAtOnce(names, stacks, async (name) => {
      const values = await stacks[name].outputs();
      // Each stack has outputs once it is applied.
      return [name, Object.keys(values).length === 0 ? null : withoutPlumbing(values)] as const;
    });
    return Object.fromEntries(entries);
  });
}

/** What stacks tell each other, cdktf names so. */
function withoutPlumbing(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !name.startsWith('cross-stack-output-')),
  );
}

/** @param wanted `service_url`, or `service.service_url`. @throws Refusal which names those that there are */
export function valueOf(outputs: Outputs, wanted: string): string {
  const all = Object.entries(outputs).flatMap(([stack, values]) =>
    Object.entries(values ?? {}).map(([name, value]) => ({ stack, name, text: raw(value) })),
  );
  const found = all.filter(({ stack, name }) => wanted === name || wanted === `${stack}.${name}`);
  const [first] = found;
  if (first === undefined) {
    const known = all.map(({ stack, name }) => `${stack}.${name}`).join(', ');
    throw new Refusal(
      `there is no output '${wanted}', but ${known === '' ? 'none at all' : known}`,
    );
  }
  if (found.some(({ text }) => text !== first.text)) {
    const those = found.map(({ stack, name }) => `${stack}.${name}`).join(', ');
    throw new Refusal(`several stacks have an output '${wanted}', choose one: ${those}`);
  }
  return first.text;
}

/** A block for each stack. */
export function asText(outputs: Outputs): string {
  const blocks = Object.entries(outputs).map(([stack, values]) => {
    if (values === null) return `${stack}: not applied yet`;
    const width = Math.max(...Object.keys(values).map((name) => name.length));
    const lines = Object.entries(values).map(
      // Commands have several lines, which stay below the first one.
      ([name, value]) =>
        `  ${name.padEnd(width)}  ${raw(value).replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`,
    );
    return [stack, ...lines].join('\n');
  });
  return blocks.join('\n\n');
}

function raw(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
