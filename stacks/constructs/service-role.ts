import type { Construct } from 'constructs';
import { SETTINGS_PARAMETER } from '../../contract.ts';
import type { Place } from '../place.ts';
import { parameterName } from './released-image.ts';
import { Role } from './role.ts';

interface ServiceRoleProps {
  readonly place: Place;
  /** The login with which the service goes to the database. */
  readonly secretArn: string;
  /** The key of that secret, and of more that is none of the service's business. */
  readonly keyArn: string;
}

/** What the running service may do in AWS: read its login and the shop's settings. Nothing else. */
export class ServiceRole extends Role {
  constructor(scope: Construct, id: string, { place, secretArn, keyArn }: ServiceRoleProps) {
    const { accountId, region } = place;
    super(scope, id, {
      place,
      name: 'service',
      description: 'The running service: reads its login and the settings of the shop',
      service: 'ecs-tasks.amazonaws.com',
      statements: [
        { actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] },
        {
          actions: ['kms:Decrypt'],
          resources: [keyArn],
          conditions: {
            StringEquals: {
              'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
              'kms:EncryptionContext:SecretARN': secretArn,
            },
          },
        },
        {
          actions: ['ssm:GetParameter'],
          resources: [
            `arn:aws:ssm:${region}:${accountId}:parameter${parameterName(place, SETTINGS_PARAMETER)}`,
          ],
        },
      ],
    });
  }
}
