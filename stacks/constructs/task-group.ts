import { Construct } from 'constructs';
import { SERVICE_PORT } from '../../contract.ts';
import type { Place } from '../place.ts';
import { AllowHttpsOut, AllowTraffic, SecurityGroup } from './security-group.ts';

interface TaskGroupProps {
  readonly place: Place;
  /** The group of the front door. */
  readonly doorGroupId: string;
  /** Who wears it reaches the database. */
  readonly databaseClientId: string;
  readonly network: {
    readonly vpcId: string;
    /** Who wears it reaches AWS, where only endpoints lead there. */
    readonly endpointClientId: string | undefined;
    readonly s3PrefixListId: string;
  };
}

/** The service's place in the network: called by the door only, calling AWS over HTTPS. */
export class TaskGroup extends Construct {
  /** All the groups that a task wears. */
  readonly worn: readonly string[];

  constructor(scope: Construct, id: string, props: TaskGroupProps) {
    super(scope, id);
    const { place, doorGroupId, databaseClientId, network } = props;
    const { vpcId, endpointClientId, s3PrefixListId } = network;
    const { id: groupId } = new SecurityGroup(this, 'group', {
      place,
      name: 'task',
      description: 'Tasks of the service',
      vpcId,
    });
    this.worn = [groupId, databaseClientId, endpointClientId].filter((worn) => worn !== undefined);
    new AllowTraffic(this, 'from-door', {
      from: doorGroupId,
      to: groupId,
      port: SERVICE_PORT,
      description: 'Requests from the front door',
    });
    const everywhere = endpointClientId === undefined;
    new AllowHttpsOut(this, 'https', {
      from: groupId,
      // The endpoints' own group is worn beside this one; image layers come from S3.
      to: everywhere ? { cidrIpv4: '0.0.0.0/0' } : { prefixListId: s3PrefixListId },
      description: everywhere ? 'AWS: image, secrets, logs, keys of tokens' : 'Layers of the image',
    });
  }
}
