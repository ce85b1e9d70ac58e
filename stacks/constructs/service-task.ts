import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Construct } from 'constructs';
import { LIVE_PATH, SERVICE_PORT, SETTINGS_PARAMETER, type Variable } from '../../contract.ts';
import type { Environment } from '../place.ts';
import { ExecutionRole } from './execution-role.ts';
import { parameterName, type ReleasedImage } from './released-image.ts';
import { ServiceRole } from './service-role.ts';
import { TaskDefinition } from './task-definition.ts';

/** Seconds that a stopping task serves on, until the door has noticed. */
const DRAIN = 10;

/** Seconds between SIGTERM and SIGKILL: the service ends by itself after 25, drain included. */
const STOP = 40;

interface ServiceTaskProps {
  readonly environment: Environment;
  readonly image: ReleasedImage;
  /** How many proxies before it append to X-Forwarded-For. */
  readonly proxyHops: number;
  readonly database: {
    readonly host: string;
    readonly databaseName: string;
    readonly applicationSecretArn: string;
    readonly keyArn: string;
  };
  readonly identity: {
    readonly issuer: string;
    readonly commandLineClientId: string;
  };
}

/** What a task of the service is: image, variables, rights and log. */
export class ServiceTask extends Construct {
  readonly definitionArn: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: ServiceTaskProps) {
    super(scope, id);
    const { environment, image, database } = props;
    const { cpu, memoryMb, logDays } = environment.service;
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: `/${environment.prefix}/service`,
      retentionInDays: logDays,
    });
    const executionRole = new ExecutionRole(this, 'execution-role', {
      place: environment,
      name: 'service-execution',
      logGroupArn: logs.arn,
    });
    const role = new ServiceRole(this, 'role', {
      place: environment,
      secretArn: database.applicationSecretArn,
      keyArn: database.keyArn,
    });
    const definition = new TaskDefinition(this, 'definition', {
      environment,
      name: 'service',
      image: image.uri,
      variables: variables(props),
      executionRoleArn: executionRole.arn,
      taskRoleArn: role.arn,
      logGroupName: logs.name,
      cpu,
      memoryMb,
      port: SERVICE_PORT,
      stopTimeout: STOP,
      healthCheck: {
        command: ['CMD', 'node', '-e', aliveOrExit(`http://127.0.0.1:${SERVICE_PORT}${LIVE_PATH}`)],
        // The load balancer notices sooner; each check here is a process on a small CPU.
        interval: 30,
        timeout: 5,
        retries: 3,
        // The port stays closed for up to 60 s while the service waits for its database.
        startPeriod: 90,
      },
    });
    this.definitionArn = definition.arn;
    this.logGroupName = logs.name;
  }
}

/** A script for `node -e`, since the image has no curl. */
function aliveOrExit(url: string): string {
  return `fetch('${url}').then(({ ok }) => process.exit(ok ? 0 : 1))`;
}

function variables(props: ServiceTaskProps): Partial<Record<Variable, string>> {
  const { environment, proxyHops, database, identity } = props;
  const { currency, corsOrigins, poolSize } = environment.service;
  return {
    NODE_ENV: 'production',
    PORT: String(SERVICE_PORT),
    STORE_CURRENCY: currency,
    // A variable that is empty is as good as none.
    ...(corsOrigins.length > 0 && { CORS_ORIGINS: corsOrigins.join(',') }),
    TRUSTED_PROXY_HOPS: String(proxyHops),
    DRAIN_SECONDS: String(DRAIN),
    DATABASE_HOST: database.host,
    DATABASE_NAME: database.databaseName,
    DATABASE_SECRET_ID: database.applicationSecretArn,
    DATABASE_TLS: 'rds',
    DATABASE_POOL_SIZE: String(poolSize),
    AUTH_ISSUER: identity.issuer,
    AUTH_CLIENT_IDS: identity.commandLineClientId,
    SETTINGS_PARAMETER: parameterName(environment, SETTINGS_PARAMETER),
  };
}
