import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';

interface ApplicationSecretProps {
  readonly place: Place;
  readonly keyArn: string;
}

/**
 * Where the service finds its login. Made empty: the first migration fills it, each rotation
 * changes it, and no value ever passes through Terraform.
 */
export class ApplicationSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { place, keyArn }: ApplicationSecretProps) {
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, 'secret', {
      name: `${place.prefix}-application-login`,
      description: 'Login of the service, filled by the migration and changed by the rotation',
      kmsKeyId: keyArn,
      // Days in which a deletion can be taken back, and in which its name is taken.
      recoveryWindowInDays: place.dataMayBeLost ? 0 : 30,
    });
    this.arn = secret.arn;
  }
}
