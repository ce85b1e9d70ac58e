/** What all stacks have in common: provider, state, tags, policies. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Annotations, Aspects, S3Backend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { PROJECT } from '../contract.ts';
import { REPOSITORY, TEMPLATE_ACCOUNT } from './environments.ts';
import type { Place } from './place.ts';
import { POLICIES } from './policies/policies.ts';

/**
 * The version that the suite runs. The types are those of 6.25, so only what both know is used.
 * The lock file beside this one holds its checksums.
 */
const AWS_PROVIDER = { source: 'registry.terraform.io/hashicorp/aws', version: '5.100.0' };

/** Knows the lock in S3 (`use_lockfile`). */
const TERRAFORM = '>= 1.11';

export abstract class StoreStack extends TerraformStack {
  readonly place: Place;

  constructor(scope: Construct, place: Place, name: string) {
    super(scope, `${place.label}-${name}`);
    this.place = place;
    const { accountId, region, tags } = place;

    new AwsProvider(this, 'aws', {
      region,
      allowedAccountIds: [accountId],
      defaultTags: [{ tags: { Project: PROJECT, ...tags, Stack: name, Repository: REPOSITORY } }],
    });
    this.addOverride('terraform.required_version', TERRAFORM);
    this.addOverride('terraform.required_providers.aws', AWS_PROVIDER);
    keepState(this, place, name);
    for (const policy of POLICIES) Aspects.of(this).add(policy);
    if (accountId === TEMPLATE_ACCOUNT) {
      Annotations.of(this).addWarning(
        `accountId is still the template's ${TEMPLATE_ACCOUNT}: this can be read, not deployed (stacks/environments.ts)`,
      );
    }
  }
}

/** In the account's bucket, encrypted with its key, locked by a file beside it. */
function keepState(stack: TerraformStack, place: Place, name: string): void {
  const { accountId, region, stateBucket, statePrefix } = place;
  const backend = new S3Backend(stack, {
    bucket: stateBucket,
    key: `${statePrefix}-${name}.tfstate`,
    region,
    encrypt: true,
    // Without it `encrypt` would mean Amazon's key, whatever the bucket's default is.
    kmsKeyId: stateKeyAlias(place),
    allowedAccountIds: [accountId],
  });
  backend.addOverride('use_lockfile', true);
}

/** The alias of the state's key, as an ARN, which needs no look-up. */
export function stateKeyAlias({ accountId, region }: Place): string {
  return `arn:aws:kms:${region}:${accountId}:alias/${PROJECT}-state`;
}
