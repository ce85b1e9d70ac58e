import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { policyDocument, type Statement } from './policy-document.ts';

interface EncryptionKeyProps {
  readonly place: Place;
  /** Its alias, without `alias/`. */
  readonly name: string;
  readonly description: string;
  /** What others than the account's own roles may do with it, such as AWS services. @default nothing */
  readonly statements?: readonly Statement[];
  /** Terraform refuses each plan that would destroy it. @default where data may not be lost */
  readonly preventDestroy?: boolean;
}

/** A key of our own that AWS renews each year. Stateful: without it what it encrypted is lost. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { place, name, description, statements = [] } = props;
    const { preventDestroy = !place.dataMayBeLost } = props;
    const key = new KmsKey(this, 'key', {
      description,
      enableKeyRotation: true,
      // Days in which a deletion can be taken back.
      deletionWindowInDays: place.dataMayBeLost ? 7 : 30,
      policy: policyDocument(
        {
          // The account's roles may do what their own policies say.
          principals: { AWS: `arn:aws:iam::${place.accountId}:root` },
          actions: ['kms:*'],
          resources: ['*'],
        },
        ...statements,
      ),
    });
    if (preventDestroy) key.lifecycle = { preventDestroy };
    new KmsAlias(this, 'alias', { name: `alias/${name}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
