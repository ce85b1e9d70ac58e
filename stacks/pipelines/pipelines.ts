import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { Account, Environment } from '../place.ts';
import { PipelineRole } from './pipeline-role.ts';
import { applyStatements, planStatements } from './statements.ts';
import { AUDIENCE, ISSUER } from './subjects.ts';

/** How GitHub's jobs come into the account: two roles for each environment with a repository. */
export class Pipelines extends Construct {
  constructor(scope: Construct, id: string, account: Account) {
    super(scope, id);
    const environments = account.environments.filter(({ github }) => github !== undefined);
    if (environments.length === 0) return;
    const providerArn = this.knowGitHub(account, environments);
    for (const environment of environments) this.letIn(environment, providerArn);
  }

  /** An account has one provider for GitHub; AWS checks its certificate itself. */
  private knowGitHub({ accountId }: Account, environments: readonly Environment[]): string {
    if (environments.every(({ github }) => github?.provider === 'existing')) {
      return `arn:aws:iam::${accountId}:oidc-provider/${ISSUER}`;
    }
    const provider = new IamOpenidConnectProvider(this, 'github', {
      url: `https://${ISSUER}`,
      clientIdList: [AUDIENCE],
    });
    return provider.arn;
  }

  private letIn(environment: Environment, providerArn: string): void {
    const { label, prefix } = environment;
    const plan = new PipelineRole(this, `${label}-plan`, {
      environment,
      pipeline: 'plan',
      description: `Pull requests plan ${prefix} with it; it changes nothing`,
      providerArn,
      statements: planStatements(environment),
    });
    const apply = new PipelineRole(this, `${label}-apply`, {
      environment,
      pipeline: 'apply',
      description: `Approved deployments change and release ${prefix} with it`,
      providerArn,
      statements: applyStatements(environment),
    });
    for (const [pipeline, { arn }] of Object.entries({ plan, apply })) {
      // Names of outputs are the stack's own, wherever they are made.
      new TerraformOutput(this, `${label}-${pipeline}-role`, {
        value: arn,
        description: `What GitHub's jobs that ${pipeline} ${label} take on`,
      }).overrideLogicalId(`${label}_${pipeline}_role`);
    }
  }
}
