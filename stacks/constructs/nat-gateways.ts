import { Eip } from '@cdktf/provider-aws/lib/eip/index.js';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';
import type { Vpc, Zone } from './vpc.ts';

interface NatGatewaysProps {
  readonly place: Place;
  readonly vpc: Vpc;
  /** False: all zones go out through the first one's, and are cut off when that zone is lost. */
  readonly perZone: boolean;
}

/** The way out of private subnets, for IPv4. Each gateway is paid by the hour and by the GB. */
export class NatGateways extends Construct {
  /** What others see as the sender, for their allow lists; kept as long as the gateway is. */
  readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, { place, vpc, perZone }: NatGatewaysProps) {
    super(scope, id);
    const addresses: string[] = [];
    let gateway: NatGateway | undefined;
    for (const zone of vpc.zones) {
      if (perZone || gateway === undefined) {
        gateway = this.addGateway(zone, place, vpc);
        addresses.push(gateway.publicIp);
      }
      new Route(this, `route-${zone.letter}`, {
        routeTableId: zone.privateRouteTableId,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: gateway.id,
      });
    }
    this.addresses = addresses;
  }

  private addGateway({ letter, publicSubnetId }: Zone, place: Place, vpc: Vpc): NatGateway {
    const tags = { Name: `${place.prefix}-nat-${letter}` };
    // AWS attaches neither in a VPC whose internet gateway is not there yet.
    const dependsOn = [vpc.internetGateway];
    const address = new Eip(this, `address-${letter}`, { domain: 'vpc', tags, dependsOn });
    return new NatGateway(this, `gateway-${letter}`, {
      subnetId: publicSubnetId,
      allocationId: address.id,
      tags,
      dependsOn,
    });
  }
}
