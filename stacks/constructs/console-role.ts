import type { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { EXEC_ACTIONS } from './exec-actions.ts';
import { Role } from './role.ts';

interface ConsoleRoleProps {
  readonly place: Place;
  /** The service's login: who works by hand may do what the service may do, and no more. */
  readonly secretArn: string;
  readonly keyArn: string;
  readonly logGroupArn: string;
}

/** For the one task that people may enter. What they do there is logged by the agent, with this role. */
export class ConsoleRole extends Role {
  constructor(scope: Construct, id: string, props: ConsoleRoleProps) {
    const { place, secretArn, keyArn, logGroupArn } = props;
    super(scope, id, {
      place,
      name: 'psql',
      description: 'The SQL console: reads the login of the service and lets people in',
      service: 'ecs-tasks.amazonaws.com',
      statements: [
        { actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] },
        {
          actions: ['kms:Decrypt'],
          resources: [keyArn],
          conditions: {
            StringEquals: {
              'kms:ViaService': `secretsmanager.${place.region}.amazonaws.com`,
              'kms:EncryptionContext:SecretARN': secretArn,
            },
          },
        },
        // AWS knows no resource for them.
        { actions: [...EXEC_ACTIONS, 'logs:DescribeLogGroups'], resources: ['*'] },
        {
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [`${logGroupArn}:*`],
        },
      ],
    });
  }
}
