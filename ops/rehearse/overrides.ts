/** What the emulator needs otherwise than the stacks say, in files beside them: see STORE_OVERRIDES. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../stacks/place.ts';
import { OVERRIDE } from '../deployment/synthesis.ts';

export type Architecture = Environment['service']['architecture'];

interface SynthesisedStack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

interface Override {
  readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Those of an environment that run tasks. */
const WITH_TASKS = ['migration', 'service'];

/**
 * Writes `<stack>.tf.json` into a folder for each stack whose tasks are for another architecture
 * than this machine's: containers run here, and nothing is emulated below them.
 * @param stacks the folder of the synthesised stacks
 * @returns a sentence for each
 */
export async function writeOverrides(
  folder: string,
  stacks: string,
  { environment, host }: { readonly environment: Environment; readonly host: Architecture },
): Promise<string[]> {
  const wanted = environment.service.architecture;
  if (wanted === host) return [];
  const sentences: string[] = [];
  for (const name of WITH_TASKS.map((part) => `${environment.label}-${part}`)) {
    const text = await readFile(join(stacks, name, 'cdk.tf.json'), 'utf8');
    const override = architectureOverride(JSON.parse(text) as SynthesisedStack, host);
    const content = JSON.stringify(override, null, 2);
    await writeFile(join(folder, `${name}.tf.json`), content);
    // These were synthesised before there was an override.
    await writeFile(join(stacks, name, OVERRIDE), content);
    const definitions = Object.keys(override.resource['aws_ecs_task_definition'] ?? {}).join(', ');
    sentences.push(`${name}: ${definitions} on ${host}, this machine's, instead of ${wanted}`);
  }
  return sentences;
}

/** Terraform puts blocks of an override in the place of the stack's own. */
export function architectureOverride(stack: SynthesisedStack, host: Architecture): Override {
  const definitions = Object.keys(stack.resource?.['aws_ecs_task_definition'] ?? {});
  const platform = { cpu_architecture: host, operating_system_family: 'LINUX' };
  const resources = definitions.map((name) => [name, { runtime_platform: platform }]);
  return {
    resource: { aws_ecs_task_definition: Object.fromEntries(resources) as object as never },
  };
}
