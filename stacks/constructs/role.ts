import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { boundaryArn, rolePath } from './boundary.ts';
import { policyDocument, type Statement } from './policy-document.ts';

interface RoleProps {
  readonly place: Place;
  /** After the prefix: `execution` is `fargate-store-dev-execution`. */
  readonly name: string;
  readonly description: string;
  /** The service of AWS that takes it on, such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  readonly statements: readonly Statement[];
}

/**
 * A role of an environment that one service of AWS takes on for this account only. It has one
 * policy of its own, and can do no more than the environment's boundary, which the account's
 * registry stack makes.
 */
export class Role extends Construct {
  readonly arn: string;
  /** For `dependsOn`: without its policy the role can do nothing. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { place, name, description, service, statements } = props;
    const role = new IamRole(this, 'role', {
      name: `${place.prefix}-${name}`,
      path: rolePath(place),
      permissionsBoundary: boundaryArn(place),
      description,
      assumeRolePolicy: policyDocument({
        principals: { Service: service },
        actions: ['sts:AssumeRole'],
        // Not for the same service working for somebody else's account.
        conditions: { StringEquals: { 'aws:SourceAccount': place.accountId } },
      }),
    });
    this.policy = new IamRolePolicy(this, 'policy', {
      name: 'access',
      role: role.name,
      policy: policyDocument(...statements),
    });
    this.arn = role.arn;
  }
}
