import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { AllowTraffic, SecurityGroup } from './security-group.ts';
import type { Vpc } from './vpc.ts';

/** What tasks call, by AWS's names: images, logs, secrets, parameters, the pool's keys. */
const SERVICES = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'ssm', 'cognito-idp'];

interface InterfaceEndpointsProps {
  readonly place: Place;
  readonly vpc: Vpc;
  /** Who wears this group reaches the endpoints. */
  readonly clientGroupId: string;
}

/**
 * AWS without the internet: tasks reach the services above and nothing else outside. Paid by the
 * hour for each service in each zone, in two zones about three NAT gateways' price.
 */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const { place, vpc, clientGroupId } = props;
    const endpoint = new SecurityGroup(this, 'endpoint', {
      place,
      name: 'endpoint',
      description: 'Interface endpoints of AWS services',
      vpcId: vpc.id,
    });
    new AllowTraffic(this, 'client-to-endpoint', {
      from: clientGroupId,
      to: endpoint.id,
      port: 443,
      description: 'Clients of AWS services',
    });

    for (const service of SERVICES) {
      const name = service.replace('.', '-');
      new VpcEndpoint(this, name, {
        vpcId: vpc.id,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${place.region}.${service}`,
        subnetIds: vpc.zones.map(({ privateSubnetId }) => privateSubnetId),
        securityGroupIds: [endpoint.id],
        // The service's usual name leads here: clients need no other configuration.
        privateDnsEnabled: true,
        tags: { Name: `${place.prefix}-${name}` },
      });
    }
  }
}
