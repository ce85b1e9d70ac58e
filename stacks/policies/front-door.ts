import { Construct, type IConstruct } from 'constructs';

/**
 * What the internet may reach: each kind of front door extends it. Policies let its load balancer
 * and its ports 443 and 80 pass, and those of nothing else.
 */
export abstract class FrontDoor extends Construct {}

export function isInFrontDoor({ node }: IConstruct): boolean {
  return node.scopes.some((scope) => scope instanceof FrontDoor);
}
