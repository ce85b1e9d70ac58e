/** All stacks of a program as Terraform will get them, and where references between them lead. */
import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type Link, linksIn } from './links.ts';
import { type Resource, written, type WrittenStack } from './written-stack.ts';

/** A resource and the stack that it is in. */
export interface Placed {
  readonly stack: WrittenStack;
  readonly resource: Resource;
}

/** What a reference names: an attribute of a resource, in whichever stack that is. */
export interface Target extends Placed {
  /** `arn`, or `master_user_secret[0].secret_arn`; empty where the resource as a whole is named. */
  readonly attribute: string;
}

export class Program {
  /** In the order of the program: what comes first needs nothing of what comes later. */
  readonly stacks: readonly WrittenStack[];
  readonly #byName: ReadonlyMap<string, WrittenStack>;
  readonly #resources = new Map<string, Resource>();

  constructor(stacks: readonly WrittenStack[]) {
    this.stacks = stacks;
    this.#byName = new Map(stacks.map((stack) => [stack.name, stack]));
    for (const stack of stacks) {
      for (const one of stack.resources) this.#resources.set(idOf(stack, one), one);
      for (const one of stack.dataSources) this.#resources.set(idOf(stack, one, 'data.'), one);
    }
  }

  /** Every stack below the root of a tree. */
  static of({ node }: IConstruct): Program {
    const stacks = node.root.node.findAll().filter((each) => TerraformStack.isStack(each));
    // What stacks need of each other becomes outputs and looked-up states only now.
    for (const stack of stacks) stack.prepareStack();
    return new Program(stacks.map(written));
  }

  /** All resources of these types, in the order of the stacks. */
  ofType(...types: readonly string[]): Placed[] {
    return this.stacks.flatMap((stack) =>
      stack.resources
        .filter(({ type }) => types.includes(type))
        .map((resource) => ({ stack, resource })),
    );
  }

  /** All resources that a value names, at whatever depth of it, through other stacks' outputs too. */
  targetsIn(stack: WrittenStack, value: unknown): Target[] {
    return linksIn(value).flatMap((link) => this.#follow(stack, link));
  }

  /** The only resource that a value names, such as a security group by its id. */
  targetOf(stack: WrittenStack, value: unknown): Target | undefined {
    const targets = this.targetsIn(stack, value);
    return targets.length === 1 ? targets[0] : undefined;
  }

  #follow(stack: WrittenStack, link: Link): Target[] {
    const { mode, type, name, attribute } = link;
    if (mode === 'data' && type === 'terraform_remote_state') {
      return this.#throughOutput(name, attribute);
    }
    const prefix = mode === 'data' ? 'data.' : '';
    const resource = this.#resources.get(`${stack.name}/${prefix}${type}.${name}`);
    return resource === undefined ? [] : [{ stack, resource, attribute }];
  }

  #throughOutput(name: string, attribute: string): Target[] {
    const other = this.#byName.get(name.replace(CROSS_STACK, ''));
    const output = attribute.replace(/^outputs\./, '');
    return other === undefined ? [] : this.targetsIn(other, other.outputs.get(output));
  }
}

/** What cdktf calls the state of another stack, before the stack's name. */
export const CROSS_STACK = 'cross-stack-reference-input-';

function idOf(stack: WrittenStack, { type, name }: Resource, prefix = ''): string {
  return `${stack.name}/${prefix}${type}.${name}`;
}
