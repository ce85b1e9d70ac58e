/** What tasks ask of AWS, and how they reach it where no NAT gateway leads to the internet. */
import type { Settings } from '../settings.ts';

/** What a container is given that tells what it will call. */
export interface Given {
  readonly image: string;
  readonly logDriver: string;
  /** Names of its variables. */
  readonly variables: readonly string[];
  /** What ECS reads for it: ARNs and names of secrets and parameters. */
  readonly secrets: readonly string[];
}

interface TaskDestination {
  /** Its endpoint's name: `com.amazonaws.<region>.<service>`. */
  readonly service: string;
  readonly endpoint: 'gateway' | 'interface';
  readonly purpose: string;
  readonly isNeeded: (given: Given) => boolean;
  /** With one of these for what the task names, the endpoint does not lead there. @default none */
  readonly closedBy?: 'aws_cognito_user_pool_domain';
  /** Why the endpoint does not lead there, with these settings. @default it always does */
  readonly obstacle?: (settings: Settings) => string | undefined;
}

const isFromEcr = ({ image }: Given) => /\.dkr\.ecr\./.test(image);

export const TASK_DESTINATIONS: readonly TaskDestination[] = [
  {
    service: 'ecr.api',
    endpoint: 'interface',
    purpose: 'the right to pull images',
    isNeeded: isFromEcr,
  },
  { service: 'ecr.dkr', endpoint: 'interface', purpose: 'images', isNeeded: isFromEcr },
  { service: 's3', endpoint: 'gateway', purpose: 'layers of images', isNeeded: isFromEcr },
  {
    service: 'logs',
    endpoint: 'interface',
    purpose: 'log lines',
    isNeeded: ({ logDriver }) => logDriver === 'awslogs',
  },
  {
    service: 'secretsmanager',
    endpoint: 'interface',
    purpose: "the database's logins",
    isNeeded: ({ variables, secrets }) =>
      variables.some((name) => /^DATABASE_(\w+_)?SECRET_ID$/.test(name)) ||
      secrets.some((from) => from.includes('secret')),
  },
  {
    service: 'ssm',
    endpoint: 'interface',
    purpose: "the shop's settings",
    isNeeded: ({ variables, secrets }) =>
      variables.includes('SETTINGS_PARAMETER') || secrets.some((from) => !from.includes('secret')),
  },
  {
    service: 'cognito-idp',
    endpoint: 'interface',
    purpose: 'the keys that tokens are checked with',
    isNeeded: ({ variables }) => variables.includes('AUTH_ISSUER'),
    // https://docs.aws.amazon.com/cognito/latest/developerguide/vpc-interface-endpoints.html
    closedBy: 'aws_cognito_user_pool_domain',
    obstacle: ({ identity }) =>
      identity.loginPages
        ? 'a user pool with login pages answers through no endpoint (identity.loginPages: false would do)'
        : undefined,
  },
];

/** What tasks cannot reach with these settings, each as a sentence's part. */
export function unreachable(settings: Settings): string[] {
  // A NAT gateway leads everywhere.
  if (settings.network.egress !== 'endpoints') return [];
  return TASK_DESTINATIONS.flatMap(({ service, purpose, obstacle }) => {
    const reason = obstacle?.(settings);
    return reason === undefined ? [] : [`${service} (${purpose}), because ${reason}`];
  });
}
