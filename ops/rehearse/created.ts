/** How many resources there are of each type, as the states say. */
import type { Ground } from './ground.ts';

export async function countCreated(
  { stacks }: Ground,
  created: Record<string, number>,
): Promise<void> {
  for (const name of stacks.names) {
    const stack = await stacks.stack(name);
    for (const address of await stack.resources()) {
      const type = address.split('.')[0] ?? address;
      created[type] = (created[type] ?? 0) + 1;
    }
  }
}
