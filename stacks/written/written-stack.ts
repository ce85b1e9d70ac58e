/** A stack as Terraform will get it: overrides are seen, references are text, no binding is needed. */
import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

export type Attributes = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly type: string;
  /** Terraform's name of it: its references begin with `aws_kms_key.<name>`. */
  readonly name: string;
  /** Where it is in the program: `dev-network/vpc/vpc`; empty for what only an override adds. */
  readonly path: string;
  /** In Terraform's words; references are strings such as `${aws_kms_key.data_key.arn}`. */
  readonly attributes: Attributes;
  /** Where errors are shown; the stack for what only an override of the stack adds. */
  readonly construct: IConstruct;
}

export interface WrittenStack {
  readonly name: string;
  readonly resources: readonly Resource[];
  /** What Terraform looks up. */
  readonly dataSources: readonly Resource[];
  /** By type, such as `aws`; the one without an alias is the default. */
  readonly providers: Readonly<Record<string, readonly Attributes[]>>;
  /** Values of outputs by name. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** All that is written. */
  readonly whole: Attributes;
  readonly construct: IConstruct;
}

interface Written {
  readonly provider?: Record<string, Attributes[]>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Record<string, { readonly value?: unknown }>;
}

type Blocks = Record<string, Record<string, Block>>;
type Block = Attributes & { readonly '//'?: { readonly metadata?: { path?: string } } };

export function written(stack: TerraformStack): WrittenStack {
  const whole = stack.toTerraform() as Written;
  const { provider = {}, resource = {}, data = {}, output = {} } = whole;
  const constructs = new Map(stack.node.findAll().map((each) => [each.node.path, each]));
  const read = (blocks: Blocks): Resource[] =>
    Object.entries(blocks).flatMap(([type, named]) =>
      Object.entries(named).map(([name, { '//': comment, ...attributes }]) => {
        const path = comment?.metadata?.path ?? '';
        return { type, name, path, attributes, construct: constructs.get(path) ?? stack };
      }),
    );
  return {
    name: stack.node.id,
    resources: read(resource),
    dataSources: read(data),
    providers: provider,
    outputs: new Map(Object.entries(output).map(([name, { value }]) => [name, value])),
    whole: whole as Attributes,
    construct: stack,
  };
}
