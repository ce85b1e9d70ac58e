/** What needs what within a stack: Terraform makes it in this order, and destroys it in the other. */
import { linksIn } from './links.ts';
import type { Resource, WrittenStack } from './written-stack.ts';

export class Graph {
  readonly #needs = new Map<string, ReadonlySet<string>>();
  readonly #reached = new Map<string, ReadonlySet<string>>();

  constructor({ resources, dataSources }: WrittenStack) {
    for (const one of resources) this.#needs.set(addressOf(one), needsOf(one));
    for (const one of dataSources) this.#needs.set(`data.${addressOf(one)}`, needsOf(one));
  }

  /** Whether one resource is made after another, because something on the way from it names it. */
  needs(one: Resource, other: Resource): boolean {
    return this.#reachedFrom(addressOf(one)).has(addressOf(other));
  }

  #reachedFrom(start: string): ReadonlySet<string> {
    const known = this.#reached.get(start);
    if (known !== undefined) return known;
    const reached = new Set<string>();
    const open = [...(this.#needs.get(start) ?? [])];
    for (let address = open.pop(); address !== undefined; address = open.pop()) {
      if (reached.has(address)) continue;
      reached.add(address);
      open.push(...(this.#needs.get(address) ?? []));
    }
    this.#reached.set(start, reached);
    return reached;
  }
}

function addressOf({ type, name }: Resource): string {
  return `${type}.${name}`;
}

/** By references and by `depends_on`, which are the same to Terraform. */
function needsOf({ attributes }: Resource): ReadonlySet<string> {
  return new Set(
    linksIn(attributes).map(
      ({ mode, type, name }) => `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
    ),
  );
}
