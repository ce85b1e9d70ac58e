import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { Repository } from './constructs/repository.ts';
import type { Account } from './place.ts';
import { StoreStack } from './store-stack.ts';

interface RegistryStackProps {
  /** Ids of other accounts that may pull, such as production's. @default none */
  readonly pullAccounts?: readonly string[];
}

/** The images of the account, for as long as it has environments. */
export class RegistryStack extends StoreStack {
  constructor(scope: Construct, account: Account, props: RegistryStackProps = {}) {
    super(scope, account, 'registry');
    const repository = new Repository(this, 'repository', { place: account, ...props });
    // What pipelines need to come in belongs here too: GitHub's identity provider and its roles.

    new TerraformOutput(this, 'repository_url', {
      value: repository.url,
      description: 'Where images are pushed',
    });
  }
}
