/** What the rules have in common: they look at a whole stack as Terraform will get it. */
import { Annotations, type IAspect, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { Program } from '../written/program.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import { isWaived, type Waiver } from './waiver.ts';

/** Says what is wrong and what to write instead; path and rule are put beside it. */
type Refuse = (at: Resource | WrittenStack, message: string) => void;

export interface Rule {
  /** As its file is called; waivers name it. */
  readonly name: string;
  /** @param program where references to other stacks lead */
  readonly check: (stack: WrittenStack, refuse: Refuse, program: Program) => void;
}

/**
 * The aspect that holds each stack to its rules. They read the finished JSON, not the bindings'
 * fields: overrides of elements and of the stack are seen too, and no binding is imported for them.
 * One aspect for all of them: to write a stack takes far longer than to judge it.
 */
export function uphold(rules: readonly Rule[], waivers: readonly Waiver[] = []): IAspect {
  return {
    visit(construct) {
      if (!TerraformStack.isStack(construct)) return;
      const program = writtenFor(construct);
      const stack = program.stacks.find((each) => each.construct === construct);
      if (stack === undefined) return;
      for (const { name, check } of rules) {
        const refuse: Refuse = ({ construct: at }, message) => {
          if (isWaived(waivers, name, at)) return;
          Annotations.of(at).addError(`${message} (policy ${name})`);
        };
        check(stack, refuse, program);
      }
    },
  };
}

interface Reading {
  readonly program: Program;
  readonly judged: Set<IConstruct>;
}

const readings = new WeakMap<IConstruct, Reading>();

/** Written once for all stacks; anew when a stack comes a second time, as it may have changed. */
function writtenFor(stack: TerraformStack): Program {
  const { root } = stack.node;
  const known = readings.get(root);
  const reading =
    known === undefined || known.judged.has(stack)
      ? { program: Program.of(root), judged: new Set<IConstruct>() }
      : known;
  readings.set(root, reading);
  reading.judged.add(stack);
  return reading.program;
}
