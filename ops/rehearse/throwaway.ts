/** A small stack of things that nobody needs, with names of an environment: to see who may make them. */
import { PROJECT } from '../../contract.ts';
import { boundaryArn, rolePath } from '../../stacks/constructs/boundary.ts';
import { policyDocument } from '../../stacks/constructs/policy-document.ts';
import type { Environment } from '../../stacks/place.ts';

/** @returns it as JSON for Terraform, without a backend: its states are files of this machine */
export function throwaway(environment: Environment): object {
  const { prefix, label, region, accountId, tags } = environment;
  const name = `${prefix}-throwaway`;
  const trust = policyDocument({
    principals: { Service: 'ecs-tasks.amazonaws.com' },
    actions: ['sts:AssumeRole'],
  });
  const resources = {
    aws_cloudwatch_log_group: { name: `/${prefix}/throwaway` },
    aws_ecs_task_definition: {
      family: name,
      container_definitions: JSON.stringify([{ name: 'a', image: 'a', memory: 128 }]),
      task_role_arn: `arn:aws:iam::${accountId}:role${rolePath(environment)}${prefix}-service`,
    },
    aws_iam_role: {
      name,
      path: rolePath(environment),
      permissions_boundary: boundaryArn(environment),
      assume_role_policy: trust,
    },
    aws_secretsmanager_secret: { name },
    aws_ssm_parameter: { name: `/${PROJECT}/${label}/throwaway`, type: 'String', value: 'none' },
  };
  return {
    terraform: { required_providers: { aws: { source: 'registry.terraform.io/hashicorp/aws' } } },
    provider: { aws: { region, default_tags: [{ tags: { ...tags } }] } },
    resource: Object.fromEntries(
      Object.entries(resources).map(([type, attributes]) => [type, { throwaway: attributes }]),
    ),
  };
}
