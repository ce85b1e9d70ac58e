/** For work that starts Terraform: with its provider it takes half a gigabyte, and a core. */

/** @returns the results in the order of the items. @throws the first error, once nothing runs any more */
export async function twoAtOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const waiting = [...items.entries()];
  let failed = false;
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined && !failed; next = waiting.shift()) {
      const [index, item] = next;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  // Not `all`, which would let the other one run on while its folder is taken away.
  const ends = await Promise.allSettled([worker(), worker()]);
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  return items.map((_, index) => results.get(index) as Result);
}

/**
 * For work on stacks that may not be connected yet. The first one is connected alone: it fills
 * Terraform's cache of providers, which two that find it empty would write to at once.
 * @throws as `twoAtOnce`
 */
export async function connectedTwoAtOnce<Name extends string, Result>(
  names: readonly Name[],
  stacks: Readonly<Record<Name, { readonly connect: () => Promise<void> }>>,
  work: (name: Name) => Promise<Result>,
): Promise<Result[]> {
  const [first] = names;
  if (first !== undefined) await stacks[first].connect();
  return twoAtOnce(names, work);
}
