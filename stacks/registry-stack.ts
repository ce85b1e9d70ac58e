import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { Boundary } from './constructs/boundary.ts';
import { Repository } from './constructs/repository.ts';
import { Pipelines } from './pipelines/pipelines.ts';
import type { Account } from './place.ts';
import { StoreStack } from './store-stack.ts';

interface RegistryStackProps {
  /** Ids of other accounts that may pull, such as production's. @default none */
  readonly pullAccounts?: readonly string[];
}

/** What environments need before there are any: images, limits for their roles, ways in for pipelines. */
export class RegistryStack extends StoreStack {
  constructor(scope: Construct, account: Account, props: RegistryStackProps = {}) {
    super(scope, account, 'registry');
    const repository = new Repository(this, 'repository', { place: account, ...props });
    for (const environment of account.environments) {
      new Boundary(this, `${environment.label}-boundary`, environment);
    }
    new Pipelines(this, 'pipelines', account);

    new TerraformOutput(this, 'repository_url', {
      value: repository.url,
      description: 'Where images are pushed',
    });
  }
}
