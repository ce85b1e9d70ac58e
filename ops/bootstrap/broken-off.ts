import { ADOPTED } from './adoption.ts';
import type { Terraform } from '../terraform/terraform.ts';

interface State {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly status?: string }[];
  }[];
}

/**
 * What a broken-off run was making, the state marks for replacement. With a bucket or a key its data
 * would be lost, so these are kept: Terraform then only writes their settings anew.
 */
export async function keepBrokenOff(terraform: Terraform, folder: string): Promise<void> {
  const { output } = await terraform.run(folder, 'state', 'pull');
  const { resources = [] } = (output.trim() === '' ? {} : JSON.parse(output)) as State;
  for (const { type, name, instances } of resources) {
    const isMarked = instances.some(({ status }) => status === 'tainted');
    if (!isMarked || !ADOPTED.includes(type)) continue;
    await terraform.run(folder, 'untaint', '-no-color', `${type}.${name}`);
  }
}
