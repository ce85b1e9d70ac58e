import { ResourcegroupsGroup } from '@cdktf/provider-aws/lib/resourcegroups-group/index.js';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js';
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { IMAGE_DIGEST_PARAMETER, NO_IMAGE, PROJECT, SETTINGS_PARAMETER } from '../contract.ts';
import { Cluster } from './constructs/cluster.ts';
import { FlowLog } from './constructs/flow-log.ts';
import { InterfaceEndpoints } from './constructs/interface-endpoints.ts';
import { NatGateways } from './constructs/nat-gateways.ts';
import { parameterName } from './constructs/released-image.ts';
import { SecurityGroup } from './constructs/security-group.ts';
import { Vpc } from './constructs/vpc.ts';
import type { Environment } from './place.ts';
import { StoreStack } from './store-stack.ts';

/** The service takes its own defaults for every setting that the document leaves out. */
const NO_SETTINGS = '{}';

/** The environment's ground, for years: addresses, ways out, the cluster, the two parameters. */
export class NetworkStack extends StoreStack {
  readonly vpcId: string;
  /** One for each zone, in the order of the zones; so are the others. */
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly isolatedSubnetIds: readonly string[];
  readonly clusterArn: string;
  readonly clusterName: string;
  /** Who did what in the database by hand. */
  readonly consoleLog: Cluster['consoleLog'];
  /** Group of the interface endpoints' clients; only with the egress `endpoints`. */
  readonly endpointClientId: string | undefined;
  /** Addresses of S3 behind the gateway endpoint, where image layers come from. */
  readonly s3PrefixListId: string;

  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, 'network');
    const { cidr, zones, egress, flowLogDays } = environment.network;
    const vpc = new Vpc(this, 'vpc', { place: environment, cidr, zones });
    this.vpcId = vpc.id;
    this.publicSubnetIds = vpc.zones.map((zone) => zone.publicSubnetId);
    this.privateSubnetIds = vpc.zones.map((zone) => zone.privateSubnetId);
    this.isolatedSubnetIds = vpc.zones.map((zone) => zone.isolatedSubnetId);
    this.s3PrefixListId = vpc.s3PrefixListId;
    new FlowLog(this, 'flow-log', { place: environment, vpcId: vpc.id, days: flowLogDays });

    // With every egress: a group that tasks still wear could not be deleted when the egress changes.
    const client = new SecurityGroup(this, 'endpoint-client', {
      place: environment,
      name: 'endpoint-client',
      description: 'May call AWS services through interface endpoints',
      vpcId: vpc.id,
    });
    let natAddresses: readonly string[] = [];
    if (egress === 'endpoints') {
      this.endpointClientId = client.id;
      new InterfaceEndpoints(this, 'endpoints', {
        place: environment,
        vpc,
        clientGroupId: client.id,
      });
    } else {
      const perZone = egress === 'nat-per-zone';
      natAddresses = new NatGateways(this, 'nat', { place: environment, vpc, perZone }).addresses;
    }

    const cluster = new Cluster(this, 'cluster', environment);
    this.clusterArn = cluster.arn;
    this.clusterName = cluster.name;
    this.consoleLog = cluster.consoleLog;

    new TerraformOutput(this, 'vpc_id', { value: vpc.id });
    new TerraformOutput(this, 'cluster_name', { value: cluster.name });
    new TerraformOutput(this, 'nat_addresses', {
      description: "The tasks' addresses as others see them, for their allow lists",
      value: natAddresses,
    });
    this.addParameters();
    this.addResourceGroup();
  }

  private addParameters(): void {
    const digest = this.addParameter(IMAGE_DIGEST_PARAMETER, {
      description: 'Digest of the released image; releases write it',
      insecureValue: NO_IMAGE,
      allowedPattern: `^(${NO_IMAGE}|sha256:[0-9a-f]{64})$`,
    });
    new TerraformOutput(this, 'image_digest_parameter', { value: digest });
    const settings = this.addParameter(SETTINGS_PARAMETER, {
      description: 'Settings of the running shop as JSON; the service reads them every 30 s',
      insecureValue: NO_SETTINGS,
    });
    new TerraformOutput(this, 'settings_parameter', { value: settings });
  }

  /** Made once with its first value; from then on others write it, and no apply sets it back. */
  private addParameter(
    id: string,
    values: {
      readonly description: string;
      /** Not secret; `value` would be hidden in plans. */
      readonly insecureValue: string;
      readonly allowedPattern?: string;
    },
  ): string {
    return new SsmParameter(this, id, {
      name: parameterName(this.place, id),
      type: 'String',
      ...values,
      // Whoever writes a value may have left the pattern out.
      lifecycle: { ignoreChanges: ['insecure_value', 'value', 'allowed_pattern'] },
    }).name;
  }

  /** Everything of the environment on one page of the console, found by its tags. */
  private addResourceGroup(): void {
    const group = new ResourcegroupsGroup(this, 'resource-group', {
      name: this.place.prefix,
      description: `Everything of ${this.place.prefix}`,
      resourceQuery: {
        query: JSON.stringify({
          ResourceTypeFilters: ['AWS::AllSupported'],
          TagFilters: [
            { Key: 'Project', Values: [PROJECT] },
            { Key: 'Environment', Values: [this.place.tags.Environment] },
          ],
        }),
      },
    });
    new TerraformOutput(this, 'resource_group', { value: group.name });
  }
}
