import { Construct } from 'constructs';
import { PROGRAMS } from '../../contract.ts';
import type { Environment } from '../place.ts';
import { ConsoleRole } from './console-role.ts';
import { ExecutionRole } from './execution-role.ts';
import { TaskDefinition } from './task-definition.ts';

interface ConsoleTaskProps {
  readonly environment: Environment;
  readonly image: string;
  readonly database: {
    readonly host: string;
    readonly databaseName: string;
    readonly applicationSecretArn: string;
    readonly keyArn: string;
  };
  readonly log: { readonly name: string; readonly arn: string };
}

/** The SQL console of operators: runs only while one of them works, and is the only task they enter. */
export class ConsoleTask extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ConsoleTaskProps) {
    super(scope, id);
    const { environment, image, database, log } = props;
    const role = new ConsoleRole(this, 'role', {
      place: environment,
      secretArn: database.applicationSecretArn,
      keyArn: database.keyArn,
      logGroupArn: log.arn,
    });
    const executionRole = new ExecutionRole(this, 'execution-role', {
      place: environment,
      name: 'psql-execution',
      logGroupArn: log.arn,
    });
    const definition = new TaskDefinition(this, 'task', {
      environment,
      name: 'psql',
      image,
      // Alone it does nothing: `npm run psql` says what it runs, and for whom.
      command: ['node', PROGRAMS.console, '--help'],
      variables: {
        DATABASE_HOST: database.host,
        DATABASE_NAME: database.databaseName,
        DATABASE_TLS: 'rds',
        DATABASE_SECRET_ID: database.applicationSecretArn,
      },
      executionRoleArn: executionRole.arn,
      taskRoleArn: role.arn,
      logGroupName: log.name,
      // The least that Fargate has: the work is the database's.
      cpu: 256,
      memoryMb: 512,
      // Nothing is lost with it: an open transaction is rolled back.
      stopTimeout: 2,
      isWritable: true,
    });
    this.arn = definition.arn;
  }
}
