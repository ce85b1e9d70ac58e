/** What a rule says to a stack. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Aspects, TerraformResource, TerraformStack, Testing } from 'cdktf';
import { type Rule, uphold } from '../policies/policy.ts';

/** All errors with the paths of their constructs, or nothing when the stack may be synthesised. */
export function refusalOf(rule: Rule, build: (stack: TerraformStack) => void): string {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', {
    region: 'eu-central-1',
    allowedAccountIds: ['123456789012'],
  });
  build(stack);
  return refusalIn(stack, rule);
}

/** A resource in Terraform's words: rules see no more of it, and a test loads no binding. */
export function add(
  stack: TerraformStack,
  type: string,
  id: string,
  attributes: Readonly<Record<string, unknown>> = {},
): TerraformResource {
  const resource = new TerraformResource(stack, id, { terraformResourceType: type });
  resource.overrideLogicalId(id);
  for (const [name, value] of Object.entries(attributes)) resource.addOverride(name, value);
  return resource;
}

/** The same for a stack that was built elsewhere. */
export function refusalIn(stack: TerraformStack, rule: Rule): string {
  Aspects.of(stack).add(uphold([rule]));
  try {
    Testing.fullSynth(stack);
    return '';
  } catch (error) {
    return String(error);
  }
}
