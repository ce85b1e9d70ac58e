import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { ApplicationSecret } from './constructs/application-secret.ts';
import { EncryptionKey } from './constructs/encryption-key.ts';
import { OwnerRole } from './constructs/owner-role.ts';
import { DATABASE_NAME, Postgres } from './constructs/postgres.ts';
import type { NetworkStack } from './network-stack.ts';
import type { Environment } from './place.ts';
import { StoreStack } from './store-stack.ts';

/** The data, for years: PostgreSQL, its secrets, and who may use them. */
export class DatabaseStack extends StoreStack {
  /** Host name of the database. */
  readonly host: string;
  readonly databaseName: string;
  /** Who wears this group reaches the database. */
  readonly clientGroupId: string;
  /** The application's login; empty until the first migration fills it. */
  readonly applicationSecretArn: string;
  /** The owner's login, which RDS makes and changes. */
  readonly masterSecretArn: string;
  /** The key of both secrets and of the data. */
  readonly keyArn: string;
  readonly migrationRoleArn: string;
  readonly rotationRoleArn: string;

  constructor(scope: Construct, environment: Environment, network: NetworkStack) {
    super(scope, environment, 'database');
    // RDS and Secrets Manager use it in the name of whoever calls them, so it names neither.
    const key = new EncryptionKey(this, 'key', {
      place: environment,
      name: `${environment.prefix}-database`,
      description: 'Data, backups, insights and logins of the database',
    });
    const postgres = new Postgres(this, 'postgres', {
      environment,
      vpcId: network.vpcId,
      subnetIds: network.isolatedSubnetIds,
      keyArn: key.arn,
    });
    const secret = new ApplicationSecret(this, 'application-secret', {
      place: environment,
      keyArn: key.arn,
    });
    this.host = postgres.host;
    this.databaseName = DATABASE_NAME;
    this.clientGroupId = postgres.clientGroupId;
    this.applicationSecretArn = secret.arn;
    this.masterSecretArn = postgres.masterSecretArn;
    this.keyArn = key.arn;
    this.migrationRoleArn = this.addOwnerRole('migration', 'The migration changes the schema');
    this.rotationRoleArn = this.addOwnerRole('rotation', 'The rotation changes the login');

    new TerraformOutput(this, 'database_endpoint', { value: postgres.endpoint });
    new TerraformOutput(this, 'application_secret_arn', { value: secret.arn });
    new TerraformOutput(this, 'log_group', { value: postgres.logGroupName });
  }

  /** Nobody else reads the owner's login. */
  private addOwnerRole(name: string, description: string): string {
    const { place, masterSecretArn, applicationSecretArn, keyArn } = this;
    const secrets = { masterSecretArn, applicationSecretArn, keyArn };
    return new OwnerRole(this, `${name}-role`, { place, name, description, ...secrets }).arn;
  }
}
