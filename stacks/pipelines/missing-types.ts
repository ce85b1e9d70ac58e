/** A type that the pipelines' roles know nothing of would be found out by the first deployment. */
import { TerraformDataSource, TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { TERRAFORM_TYPES } from './actions.ts';

/** A sentence for each type of Terraform within a stack that has no line. */
export function missingTypes(stack: IConstruct): string[] {
  const types = stack.node
    .findAll()
    .filter((each) => each instanceof TerraformResource || each instanceof TerraformDataSource)
    .map(({ terraformResourceType }) => terraformResourceType);
  return [...new Set(types)]
    .filter((type) => !(type in TERRAFORM_TYPES))
    .map(
      (type) =>
        `${stack.node.id} has an ${type}, which no pipeline may make: say in stacks/pipelines/actions which actions it takes`,
    );
}
