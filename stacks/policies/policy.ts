/** What the rules have in common: they look at a whole stack as Terraform will get it. */
import { Annotations, type IAspect, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

export type Attributes = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly type: string;
  /** Terraform's name of it: its references begin with `aws_kms_key.<name>`. */
  readonly name: string;
  /** In Terraform's words; references are strings such as `${aws_kms_key.data_key.arn}`. */
  readonly attributes: Attributes;
  /** Where errors are shown; the stack for what only an override of the stack adds. */
  readonly construct: IConstruct;
}

export interface WrittenStack {
  readonly resources: readonly Resource[];
  /** By type, such as `aws`; the one without an alias is the default. */
  readonly providers: Readonly<Record<string, readonly Attributes[]>>;
  readonly construct: IConstruct;
}

/** Says what is wrong and what to write instead; the construct's path is put before it. */
type Refuse = (at: Resource | WrittenStack, message: string) => void;

export type Rule = (stack: WrittenStack, refuse: Refuse) => void;

/**
 * The aspect that holds each stack to its rules. They read the finished JSON, not the bindings'
 * fields: overrides of elements and of the stack are seen too, and no binding is imported for them.
 * One aspect for all of them: to write a stack takes far longer than to judge it.
 */
export function uphold(rules: readonly Rule[]): IAspect {
  return {
    visit(construct) {
      if (!TerraformStack.isStack(construct)) return;
      const stack = written(construct);
      for (const rule of rules) {
        rule(stack, ({ construct: at }, message) => {
          Annotations.of(at).addError(message);
        });
      }
    },
  };
}

interface Written {
  readonly provider?: Record<string, Attributes[]>;
  readonly resource?: Record<string, Record<string, WrittenResource>>;
}

type WrittenResource = Attributes & { readonly '//'?: { readonly metadata?: { path?: string } } };

function written(stack: TerraformStack): WrittenStack {
  const { provider = {}, resource = {} } = stack.toTerraform() as Written;
  const constructs = new Map(stack.node.findAll().map((each) => [each.node.path, each]));
  const resources = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, { '//': comment, ...attributes }]) => {
      const construct = constructs.get(comment?.metadata?.path ?? '') ?? stack;
      return { type, name, attributes, construct };
    }),
  );
  return { resources, providers: provider, construct: stack };
}
