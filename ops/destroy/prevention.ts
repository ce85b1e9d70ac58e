/** Terraform plans no destruction of what has `prevent_destroy`. Whoever destroys on purpose lifts it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Read by Terraform beside the stack's own file and whatever else ends so; arguments of `lifecycle` add up. */
const FILE = 'destroy_override.tf.json';

interface Written {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
}

interface Body {
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

/** @param folder of a stack that was synthesised for this run alone: a deployment still refuses */
export async function liftPrevention(folder: string): Promise<void> {
  const { resource = {} } = JSON.parse(
    await readFile(join(folder, 'cdk.tf.json'), 'utf8'),
  ) as Written;
  const lifted = Object.entries(resource).flatMap(([type, members]) => {
    const names = Object.keys(members).filter(
      (name) => members[name]?.lifecycle?.prevent_destroy === true,
    );
    return names.length === 0 ? [] : [[type, Object.fromEntries(names.map(liftedNamed))] as const];
  });
  if (lifted.length === 0) return;
  await writeFile(join(folder, FILE), JSON.stringify({ resource: Object.fromEntries(lifted) }));
}

function liftedNamed(name: string) {
  return [name, { lifecycle: { prevent_destroy: false } }] as const;
}
