/** Which processors the tasks want, as their definition says it to ECS, overrides included. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OVERRIDE } from '../deployment/synthesis.ts';

/** As Docker calls what ECS calls otherwise. */
const DOCKERS_NAMES: Readonly<Record<string, string>> = { ARM64: 'arm64', X86_64: 'amd64' };

interface Definitions {
  readonly resource?: {
    readonly aws_ecs_task_definition?: Readonly<
      Record<string, { readonly runtime_platform?: { readonly cpu_architecture?: string } }>
    >;
  };
}

/** @param folder of the synthesised service. @returns `arm64` or `amd64` */
export async function architectureOfTasks(folder: string): Promise<string> {
  const files = ['cdk.tf.json', OVERRIDE].map((name) => join(folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '{}')));
  const [architecture = ''] = texts
    .flatMap((text) => {
      const { resource } = JSON.parse(text) as Definitions;
      return Object.values(resource?.aws_ecs_task_definition ?? {});
    })
    .flatMap(({ runtime_platform: platform }) => platform?.cpu_architecture ?? [])
    .toReversed();
  return DOCKERS_NAMES[architecture] ?? architecture;
}
