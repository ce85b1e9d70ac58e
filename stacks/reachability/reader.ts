/** Reads a program, and keeps what it could not read: a picture with holes would be a false comfort. */
import { asList, isGiven } from '../policies/attributes.ts';
import type { Placed, Program } from '../written/program.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';

/** What is wrong, and what to do, at the resource that has to change. */
export interface Problem {
  readonly at: Placed;
  readonly message: string;
}

/** A reference and nothing else: what a function or a condition makes of it is known to Terraform only. */
const REFERENCE = /^\$\{[\w.[\]-]+\}$/;

export class Reader {
  readonly program: Program;
  readonly problems: Problem[] = [];
  readonly #stacks = new Map<Resource, WrittenStack>();

  constructor(program: Program) {
    this.program = program;
    for (const stack of program.stacks) {
      for (const resource of stack.resources) this.#stacks.set(resource, stack);
    }
  }

  all(): Placed[] {
    return [...this.#stacks].map(([resource, stack]) => ({ stack, resource }));
  }

  ofType(...types: readonly string[]): Placed[] {
    return this.program.ofType(...types);
  }

  /** What values such as lists of ids name; whatever is no resource of these types is a problem. */
  named(at: Placed, values: unknown, ...types: readonly string[]): Resource[] {
    return asList(values)
      .filter(isGiven)
      .flatMap((value) => {
        const found = this.#follow(at.stack, value);
        if (found.length > 0 && found.every(({ type }) => types.includes(type))) return found;
        this.refuse(
          at,
          `names ${JSON.stringify(value)}, which is no ${types[0]} of this program, so who reaches whom is known to Terraform only: make it here, and name it with no function or condition around it`,
        );
        return [];
      });
  }

  /** The same for one that may be missing, without complaint. */
  find({ stack }: Placed, value: unknown, ...types: readonly string[]): Resource | undefined {
    return this.#follow(stack, value).find(({ type }) => types.includes(type));
  }

  refuse(at: Placed, message: string): void {
    this.problems.push({ at, message: `${at.resource.type} ${message}` });
  }

  /** Made here: of what is only looked up, rules and routes are not known. */
  #follow(stack: WrittenStack, value: unknown): Resource[] {
    if (typeof value !== 'string' || !REFERENCE.test(value)) return [];
    const found = this.program.targetsIn(stack, value).map(({ resource }) => resource);
    return found.every((one) => this.#stacks.has(one)) ? found : [];
  }
}
