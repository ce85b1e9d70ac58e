/** What tasks ask of AWS, and how they reach it where no NAT gateway leads to the internet. */
import type { Settings } from '../settings.ts';

interface TaskDestination {
  /** Its endpoint's name: `com.amazonaws.<region>.<service>`. */
  readonly service: string;
  readonly endpoint: 'gateway' | 'interface';
  readonly purpose: string;
  /** Why the endpoint does not lead there, with these settings. @default it always does */
  readonly obstacle?: (settings: Settings) => string | undefined;
}

export const TASK_DESTINATIONS: readonly TaskDestination[] = [
  { service: 'ecr.api', endpoint: 'interface', purpose: 'the right to pull images' },
  { service: 'ecr.dkr', endpoint: 'interface', purpose: 'images' },
  { service: 's3', endpoint: 'gateway', purpose: 'layers of images' },
  { service: 'logs', endpoint: 'interface', purpose: 'log lines' },
  { service: 'secretsmanager', endpoint: 'interface', purpose: "the database's logins" },
  { service: 'ssm', endpoint: 'interface', purpose: "the shop's settings" },
  {
    service: 'cognito-idp',
    endpoint: 'interface',
    purpose: 'the keys that tokens are checked with',
    // https://docs.aws.amazon.com/cognito/latest/developerguide/vpc-interface-endpoints.html
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
