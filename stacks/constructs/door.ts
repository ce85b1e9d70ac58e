/** What the service has to know of the door that it stands behind, whichever that is. */
import type { IConstruct } from 'constructs';

/** Everything that lets requests in. Whatever depends on a door depends on all that is in it. */
export interface Door extends IConstruct {
  /** Where callers find the store, without a slash at the end. */
  readonly url: string;
  /** Where tasks are to register themselves. */
  readonly targetGroupArn: string;
  /** The security group that talks to the tasks. */
  readonly groupId: string;
  /** How Application Auto Scaling names the requests of this door. */
  readonly requestCountLabel: string;
  /** How many proxies append to X-Forwarded-For on the way in. */
  readonly proxyHops: number;
}
