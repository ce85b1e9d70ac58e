import type { Construct } from 'constructs';
import { PROGRAMS } from '../../contract.ts';
import type { Environment } from '../place.ts';
import { TaskDefinition } from './task-definition.ts';

interface OneOffTaskProps {
  readonly environment: Environment;
  /** A file of `service/`, and the last part of the family: `fargate-store-dev-migrate`. */
  readonly command: 'migrate' | 'rotate';
  readonly image: string;
  readonly database: {
    readonly host: string;
    readonly databaseName: string;
    readonly masterSecretArn: string;
    readonly applicationSecretArn: string;
  };
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;
  readonly logGroupName: string;
}

/** A command of the service that works as the database's owner, ends, and says how by its exit code. */
export class OneOffTask extends TaskDefinition {
  constructor(scope: Construct, id: string, props: OneOffTaskProps) {
    const { command, database, ...rest } = props;
    super(scope, id, {
      ...rest,
      name: command,
      command: ['node', PROGRAMS[command]],
      variables: {
        DATABASE_HOST: database.host,
        DATABASE_NAME: database.databaseName,
        DATABASE_TLS: 'rds',
        DATABASE_MASTER_SECRET_ID: database.masterSecretArn,
        DATABASE_SECRET_ID: database.applicationSecretArn,
      },
      // The least that Fargate has: the work is the database's.
      cpu: 256,
      memoryMb: 512,
      // Both may be interrupted anywhere; nothing is gained by waiting.
      stopTimeout: 30,
    });
  }
}
