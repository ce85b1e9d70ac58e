import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { Construct } from 'constructs';
import { PROJECT } from '../../contract.ts';
import { policyDocument, type Statement } from '../constructs/policy-document.ts';
import type { Environment } from '../place.ts';
import { policiesOf } from './policy-sizes.ts';
import { type Pipeline, trustOf } from './subjects.ts';

interface PipelineRoleProps {
  readonly environment: Environment;
  readonly pipeline: Pipeline;
  readonly description: string;
  readonly providerArn: string;
  readonly statements: readonly Statement[];
}

/**
 * What GitHub's jobs take on, with a token in place of keys. On a path beside those of environments,
 * where no pipeline may change a role.
 */
export class PipelineRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PipelineRoleProps) {
    super(scope, id);
    const { environment, pipeline, description, providerArn, statements } = props;
    const name = `${environment.prefix}-${pipeline}`;
    const role = new IamRole(this, 'role', {
      name,
      path: PIPELINES_PATH,
      description,
      assumeRolePolicy: policyDocument({
        principals: { Federated: providerArn },
        actions: ['sts:AssumeRoleWithWebIdentity'],
        conditions: { StringEquals: trustOf(environment, pipeline) },
      }),
      maxSessionDuration: LONGEST_SESSION[pipeline],
    });
    for (const [index, policy] of policiesOf(name, statements).entries()) {
      const part = index + 1;
      const { arn } = new IamPolicy(this, `policy-${part}`, {
        name: `${name}-${part}`,
        path: PIPELINES_PATH,
        description: `${description} (part ${part})`,
        policy,
      });
      new IamRolePolicyAttachment(this, `attachment-${part}`, { role: role.name, policyArn: arn });
    }
    this.arn = role.arn;
  }
}

/** Seconds. Terraform waits up to two hours for one change of a database, and an apply may have several. */
const LONGEST_SESSION = { plan: 3600, apply: 4 * 3600 } as const satisfies Record<Pipeline, number>;

/** No environment's path begins like it, whatever the environment is called. */
export const PIPELINES_PATH = `/${PROJECT}-pipelines/`;
