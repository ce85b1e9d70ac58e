/** A folder of plans that nobody made with Terraform: for what is refused before it is asked. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { STACKS } from '../../deployment/environment-stacks.ts';
import { PLANS_FILE, type PlannedStack, plansFile, sha256 } from '../plans-file.ts';

interface Described {
  readonly environment: string;
  /** @default a clean one */
  readonly commit?: string;
  /** By the stack's name without the environment. @default nothing to change, and binding */
  readonly stacks?: Readonly<
    Record<string, Pick<PlannedStack, 'provisional'> & { changes?: object[]; digest?: string }>
  >;
}

export async function writePlans(
  folder: string,
  { environment, commit = 'c', stacks = {} }: Described,
) {
  const planned: PlannedStack[] = [];
  for (const name of STACKS) {
    const stack = `${environment}-${name}`;
    const { changes = [], digest, provisional } = stacks[name] ?? {};
    const shown = JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.14.0',
      applyable: changes.length > 0,
      resource_changes: changes,
      prior_state: {
        values: { root_module: { resources: digest === undefined ? [] : [read(digest)] } },
      },
    });
    const [plan, json] = [`${stack}.tfplan`, `${stack}.json`];
    await writeFile(join(folder, plan), stack);
    await writeFile(join(folder, json), shown);
    const digests = { sha256: sha256(stack), jsonSha256: sha256(shown) };
    const upon = { serial: 1, lineage: 'made-up', sources: {} };
    planned.push({ stack, plan, json, ...digests, ...upon, ...(provisional && { provisional }) });
  }
  const about = { made: '2026-01-01T00:00:00Z', commit, terraform: '1.14.0' };
  const text = plansFile({ environment, ...about, stacks: planned });
  await writeFile(join(folder, PLANS_FILE), text);
  return sha256(text);
}

/** What the plan was told of AWS. */
function read(digest: string): object {
  return { mode: 'data', type: 'aws_ssm_parameter', values: { insecure_value: digest } };
}
