import type { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { masterSecretsOf } from './resource-patterns.ts';
import { Role } from './role.ts';

interface OwnerRoleProps {
  readonly place: Place;
  /** After the prefix: `migration` is `fargate-store-dev-migration`. */
  readonly name: string;
  readonly description: string;
  readonly masterSecretArn: string;
  readonly applicationSecretArn: string;
  /** Key of both secrets. */
  readonly keyArn: string;
}

/** For a task that logs in as the database's owner and writes the service's login. */
export class OwnerRole extends Role {
  constructor(scope: Construct, id: string, props: OwnerRoleProps) {
    const { place, name, description, masterSecretArn, applicationSecretArn, keyArn } = props;
    super(scope, id, {
      place,
      name,
      description,
      service: 'ecs-tasks.amazonaws.com',
      statements: [
        {
          actions: ['secretsmanager:GetSecretValue'],
          resources: [masterSecretArn, applicationSecretArn],
        },
        // That of a database which is restored beside the first, before the state knows it.
        { actions: ['secretsmanager:GetSecretValue'], ...masterSecretsOf(place) },
        { actions: ['secretsmanager:PutSecretValue'], resources: [applicationSecretArn] },
        {
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [keyArn],
          // Through Secrets Manager only: the same key encrypts the data.
          conditions: {
            StringEquals: { 'kms:ViaService': `secretsmanager.${place.region}.amazonaws.com` },
          },
        },
      ],
    });
  }
}
