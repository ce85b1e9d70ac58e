/** Stacks as cdktf writes them, without a provider: planned in seconds. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from '../../../stacks/place.ts';
import { Stack } from '../../deployment/stack.ts';
import type { Terraform } from '../../terraform/terraform.ts';

interface Settings {
  /** Known before it is applied, and told to the house. */
  readonly owner?: string;
  /** Of the garden, which reads nothing of the others. */
  readonly flowers?: string;
}

type Where = Pick<Place, 'accountId' | 'region' | 'stateBucket'>;

/** `dev-ground`, `dev-house` which reads it, and `dev-garden`. @returns them in order */
export async function smallProgram(
  terraform: Terraform,
  { folder, place }: { readonly folder: string; readonly place: Where },
  { owner = 'ada', flowers = 'roses' }: Settings = {},
) {
  const remote = 'data.terraform_remote_state.cross-stack-reference-input-dev-ground.outputs';
  const stacks = {
    'dev-ground': {
      resource: {
        terraform_data: { plot: named('plot', { input: owner }) },
      },
      output: {
        id: { value: '${terraform_data.plot.id}', sensitive: true },
        owner: { value: owner },
      },
    },
    'dev-house': {
      data: {
        terraform_remote_state: {
          'cross-stack-reference-input-dev-ground': {
            backend: 's3',
            config: backend('dev-ground', place),
          },
        },
      },
      resource: {
        terraform_data: {
          house: named('house', { input: `\${${remote}.owner} on \${${remote}.id}` }),
        },
      },
    },
    'dev-garden': {
      resource: { terraform_data: { garden: named('garden', { input: flowers }) } },
    },
  };
  return Promise.all(
    Object.entries(stacks).map(async ([name, stack]) => {
      const own = join(folder, name);
      await mkdir(own, { recursive: true });
      const whole = { terraform: { backend: { s3: backend(name, place) } }, ...stack };
      await writeFile(join(own, 'cdk.tf.json'), JSON.stringify(whole));
      return { stack: new Stack(terraform, own), folder: own };
    }),
  );
}

function named(construct: string, attributes: object): object {
  return { '//': { metadata: { path: `small/${construct}` } }, ...attributes };
}

function backend(name: string, { region, stateBucket: bucket }: Where): object {
  return { bucket, key: `${name}.tfstate`, region, use_lockfile: true };
}
