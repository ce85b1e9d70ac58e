import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../place.ts';
import { POSTGRES_MAJOR, PostgresParameters } from './postgres-parameters.ts';
import { AllowTraffic, SecurityGroup } from './security-group.ts';

/** The database in the server, made with it. */
export const DATABASE_NAME = 'store';

/** The owner of tables and logins. The service never logs in as it. */
const OWNER = 'store_owner';

const PORT = 5432;

/**
 * UTC, night in Europe: the backup is done before AWS changes anything, and what AWS changed on a
 * Tuesday is met by people at work. The two may not overlap.
 */
const BACKUP_WINDOW = '01:00-02:00';
const MAINTENANCE_WINDOW = 'tue:02:30-tue:03:30';

/** What RDS writes to CloudWatch. */
const LOGS = ['postgresql', 'upgrade'] as const;
type Log = (typeof LOGS)[number];

/** Days that RDS keeps Database Insights' figures: what is free, and what `advanced` demands. */
const INSIGHTS_DAYS = { standard: 7, advanced: 465 } as const;

/** A large instance takes longer than the provider waits by itself: 40, 80 and 60 minutes. */
const TIMEOUTS = { create: '60m', update: '120m', delete: '120m' };

interface PostgresProps {
  readonly environment: Environment;
  readonly vpcId: string;
  /** Without a way to or from the internet. */
  readonly subnetIds: readonly string[];
  /** Of data, backups, insights and the owner's password. */
  readonly keyArn: string;
}

/** PostgreSQL on RDS: private, encrypted, over TLS only. Stateful. */
export class Postgres extends Construct {
  readonly host: string;
  /** `host:port` */
  readonly endpoint: string;
  /** The owner's login, which RDS makes and changes. */
  readonly masterSecretArn: string;
  /** Who wears this group reaches the database; nobody else does. */
  readonly clientGroupId: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const { environment, subnetIds, keyArn } = props;
    const { prefix, database } = environment;

    const { serverGroupId, clientGroupId } = this.addSecurityGroups(props);
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name: `${prefix}-database`,
      description: 'Isolated subnets: no way to or from the internet',
      subnetIds: [...subnetIds],
    });
    const logs = this.addLogGroups(environment);
    const instance = new DbInstance(this, 'instance', {
      identifier: prefix,
      engine: 'postgres',
      // Minor versions come by themselves, in the maintenance window.
      engineVersion: POSTGRES_MAJOR,
      autoMinorVersionUpgrade: true,
      instanceClass: database.instanceClass,
      multiAz: database.multiAz,
      dbName: DATABASE_NAME,
      port: PORT,
      ...login(keyArn),
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [serverGroupId],
      publiclyAccessible: false,
      caCertIdentifier: 'rds-ca-rsa2048-g1',
      parameterGroupName: new PostgresParameters(this, 'parameters', environment).groupName,
      ...storage(environment, keyArn),
      ...safety(environment),
      ...monitoring(environment, keyArn),
      timeouts: TIMEOUTS,
      // RDS would make the log groups itself, and keep them for ever.
      dependsOn: Object.values(logs),
    });
    this.host = instance.address;
    this.endpoint = instance.endpoint;
    this.masterSecretArn = instance.masterUserSecret.get(0).secretArn;
    this.clientGroupId = clientGroupId;
    this.logGroupName = logs.postgresql.name;

    new SecretsmanagerSecretRotation(this, 'master-rotation', {
      secretId: this.masterSecretArn,
      // RDS changes it without a function of ours; the first change comes when it is due.
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: database.masterRotationDays },
    });
  }

  private addSecurityGroups({ environment: place, vpcId }: PostgresProps) {
    const server = new SecurityGroup(this, 'server-group', {
      place,
      name: 'database',
      description: 'The database; only its clients come in',
      vpcId,
    });
    const client = new SecurityGroup(this, 'client-group', {
      place,
      name: 'database-client',
      description: 'Who wears it reaches the database',
      vpcId,
    });
    new AllowTraffic(this, 'client-to-server', {
      from: client.id,
      to: server.id,
      port: PORT,
      description: 'PostgreSQL',
    });
    return { serverGroupId: server.id, clientGroupId: client.id };
  }

  private addLogGroups(environment: Environment) {
    return {
      postgresql: this.addLogGroup(environment, 'postgresql'),
      upgrade: this.addLogGroup(environment, 'upgrade'),
    };
  }

  /** RDS knows no other names. */
  private addLogGroup({ prefix, database }: Environment, log: Log): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, `${log}-log`, {
      name: `/aws/rds/instance/${prefix}/${log}`,
      retentionInDays: database.logDays,
      lifecycle: { ignoreChanges: ['name'] },
    });
  }
}

/** RDS makes the owner's password; no person and no plan ever sees it. */
function login(masterUserSecretKmsKeyId: string) {
  return {
    username: OWNER,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId,
    iamDatabaseAuthenticationEnabled: false,
  };
}

function storage({ database }: Environment, kmsKeyId: string) {
  const { storageGb: allocatedStorage, maxStorageGb: maxAllocatedStorage } = database;
  return {
    storageType: 'gp3',
    allocatedStorage,
    maxAllocatedStorage,
    storageEncrypted: true,
    kmsKeyId,
  };
}

/** Where data may be lost everything goes at once and for good; elsewhere nothing does. */
function safety({ prefix, database, dataMayBeLost }: Environment) {
  return {
    backupRetentionPeriod: database.backupDays,
    backupWindow: BACKUP_WINDOW,
    maintenanceWindow: MAINTENANCE_WINDOW,
    copyTagsToSnapshot: true,
    deletionProtection: !dataMayBeLost,
    deleteAutomatedBackups: dataMayBeLost,
    skipFinalSnapshot: dataMayBeLost,
    ...(!dataMayBeLost && {
      // Deleting the same environment twice needs the first snapshot deleted or copied away.
      finalSnapshotIdentifier: `${prefix}-final`,
    }),
    lifecycle: {
      // One that was restored keeps its own: renaming is an outage.
      ignoreChanges: ['identifier'],
      // Nor does a change that would replace the server; npm run destroy lifts it.
      ...(!dataMayBeLost && { preventDestroy: true }),
    },
    // Otherwise a change that restarts the server waits for the maintenance window.
    applyImmediately: dataMayBeLost,
  };
}

function monitoring({ database }: Environment, performanceInsightsKmsKeyId: string) {
  return {
    enabledCloudwatchLogsExports: [...LOGS],
    databaseInsightsMode: database.insights,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS[database.insights],
  };
}
