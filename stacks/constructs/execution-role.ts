import type { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { repositoryArn } from './repository.ts';
import { Role } from './role.ts';

interface ExecutionRoleProps {
  readonly place: Place;
  /** After the prefix: `service-execution` is `fargate-store-dev-service-execution`. */
  readonly name: string;
  readonly logGroupArn: string;
}

/** What Fargate itself may do to start a task: pull our image, write to its log. Nothing else. */
export class ExecutionRole extends Role {
  constructor(scope: Construct, id: string, { place, name, logGroupArn }: ExecutionRoleProps) {
    super(scope, id, {
      place,
      name,
      description: 'Fargate starts tasks with it: pulls the image and writes the log',
      service: 'ecs-tasks.amazonaws.com',
      statements: [
        {
          actions: [
            'ecr:BatchCheckLayerAvailability',
            'ecr:BatchGetImage',
            'ecr:GetDownloadUrlForLayer',
          ],
          resources: [repositoryArn(place)],
        },
        // A token for the registry is not of one repository: AWS knows no narrower resource.
        { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
        {
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`${logGroupArn}:*`],
        },
      ],
    });
  }
}
