/** A plan as `terraform show -json` tells it. */
interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** @returns how many resources are to be created, and the addresses of those that are changed otherwise */
export function readPlan(text: string): { creates: number; others: string[] } {
  const { resource_changes: changes = [] } = JSON.parse(text) as Plan;
  const managed = changes.filter(({ mode }) => mode === 'managed');
  const isNew = managed.map(({ change }) => change.actions.join() === 'create');
  return {
    creates: isNew.filter(Boolean).length,
    others: managed.filter((_, index) => isNew[index] === false).map(({ address }) => address),
  };
}
