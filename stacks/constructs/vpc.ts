import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { Vpc as AwsVpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { zoneSubnets } from './subnet-plan.ts';

interface VpcProps {
  readonly place: Place;
  /** From /16 to /22. */
  readonly cidr: string;
  /** Letters of two or three availability zones; the order decides the addresses. */
  readonly zones: readonly string[];
}

/** What one availability zone has. */
export interface Zone {
  readonly letter: string;
  readonly publicSubnetId: string;
  readonly privateSubnetId: string;
  readonly isolatedSubnetId: string;
  /** Its own, so that each zone may have its own way out. */
  readonly privateRouteTableId: string;
}

/**
 * Public subnets (doors), private ones (tasks, whose way out is added by whoever builds it) and
 * isolated ones (data, no way out). All ids bear the zone's letter: adding a zone replaces nothing.
 */
export class Vpc extends Construct {
  readonly id: string;
  readonly zones: readonly Zone[];
  /** For `dependsOn` of what needs the internet to begin with. */
  readonly internetGateway: InternetGateway;
  /** Addresses of S3 behind its endpoint. */
  readonly s3PrefixListId: string;
  private readonly place: Place;

  constructor(scope: Construct, id: string, { place, cidr, zones }: VpcProps) {
    super(scope, id);
    this.place = place;
    const vpc = new AwsVpc(this, 'vpc', {
      cidrBlock: cidr,
      // The public door answers over IPv6 too. Amazon chooses the block, a /56.
      assignGeneratedIpv6CidrBlock: true,
      // Private names of interface endpoints and of the database need both.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: place.prefix },
    });
    this.id = vpc.id;
    this.closeDefaultSecurityGroup();
    this.internetGateway = new InternetGateway(this, 'internet-gateway', {
      vpcId: vpc.id,
      tags: { Name: place.prefix },
    });

    const publicRoutes = this.addPublicRoutes();
    const isolatedRoutes = this.addRouteTable('isolated');
    this.zones = zones.map((letter, index) => {
      const ranges = zoneSubnets(cidr, index);
      const privateRoutes = this.addRouteTable(`private-${letter}`);
      const ipv6CidrBlock = Fn.cidrsubnet(vpc.ipv6CidrBlock, 8, index);
      return {
        letter,
        publicSubnetId: this.addSubnet('public', letter, publicRoutes, {
          cidrBlock: ranges.public,
          ipv6CidrBlock,
          assignIpv6AddressOnCreation: false,
        }),
        privateSubnetId: this.addSubnet('private', letter, privateRoutes, {
          cidrBlock: ranges.private,
        }),
        isolatedSubnetId: this.addSubnet('isolated', letter, isolatedRoutes, {
          cidrBlock: ranges.isolated,
        }),
        privateRouteTableId: privateRoutes,
      };
    });
    this.s3PrefixListId = this.addS3Endpoint();
  }

  /** Whatever is put into it by mistake reaches nothing and is reached by nothing. */
  private closeDefaultSecurityGroup(): void {
    new DefaultSecurityGroup(this, 'default-security-group', {
      vpcId: this.id,
      // Said as empty, not left out: rules that somebody adds by hand show up in the next plan.
      ingress: [],
      egress: [],
      tags: { Name: `${this.place.prefix}-default` },
    });
  }

  private addPublicRoutes(): string {
    const routeTableId = this.addRouteTable('public');
    const gatewayId = this.internetGateway.id;
    new Route(this, 'internet-ipv4', {
      routeTableId,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId,
    });
    new Route(this, 'internet-ipv6', {
      routeTableId,
      destinationIpv6CidrBlock: '::/0',
      gatewayId,
    });
    return routeTableId;
  }

  private addRouteTable(name: string): string {
    return new RouteTable(this, `${name}-routes`, {
      vpcId: this.id,
      tags: { Name: `${this.place.prefix}-${name}` },
    }).id;
  }

  private addSubnet(
    kind: 'public' | 'private' | 'isolated',
    letter: string,
    routeTableId: string,
    addresses: {
      readonly cidrBlock: string;
      readonly ipv6CidrBlock?: string;
      readonly assignIpv6AddressOnCreation?: boolean;
    },
  ): string {
    const name = `${kind}-${letter}`;
    const subnet = new Subnet(this, name, {
      vpcId: this.id,
      availabilityZone: `${this.place.region}${letter}`,
      // Public is what a load balancer or NAT gateway makes of itself, never a default.
      mapPublicIpOnLaunch: false,
      tags: { Name: `${this.place.prefix}-${name}` },
      ...addresses,
    });
    new RouteTableAssociation(this, `${name}-association`, { subnetId: subnet.id, routeTableId });
    return subnet.id;
  }

  /**
   * Costs nothing, and image layers need no NAT. AWS's policy, which lets everything through, is
   * kept: layers are in a bucket of AWS's, read by its roles, and ours protect themselves.
   */
  private addS3Endpoint(): string {
    return new VpcEndpoint(this, 's3', {
      vpcId: this.id,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${this.place.region}.s3`,
      routeTableIds: this.zones.map(({ privateRouteTableId }) => privateRouteTableId),
      tags: { Name: `${this.place.prefix}-s3` },
    }).prefixListId;
  }
}
