import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import type { Construct } from 'constructs';
import { PROXY_HOPS } from '../../contract.ts';
import type { Environment } from '../place.ts';
import { FrontDoor } from '../policies/front-door.ts';
import type { Domain } from '../settings.ts';
import { AccessLogs } from './access-logs.ts';
import { Certificate } from './certificate.ts';
import type { Door } from './door.ts';
import { HiddenPaths } from './hidden-paths.ts';
import { SecurityGroup } from './security-group.ts';
import { TargetGroup } from './target-group.ts';
import { WebFirewall } from './web-firewall.ts';

/** Seconds without a byte. Less than the service's 72, so that it never hangs up first: that is a 502. */
const IDLE_TIMEOUT = 60;

/** TLS 1.3 and 1.2, with forward secrecy and no CBC. */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

interface AlbDoorProps {
  readonly environment: Environment;
  readonly vpcId: string;
  /** Public ones, with IPv6. */
  readonly subnetIds: readonly string[];
}

/** The door of browsers and programs: a load balancer with TLS, a web firewall, and no way past it. */
export class AlbDoor extends FrontDoor implements Door {
  readonly url: string;
  readonly targetGroupArn: string;
  readonly groupId: string;
  readonly requestCountLabel: string;
  readonly proxyHops = PROXY_HOPS.alb;

  constructor(scope: Construct, id: string, props: AlbDoorProps) {
    super(scope, id);
    const { environment, vpcId } = props;
    const { address } = environment.door;
    const domain = 'domainName' in address ? address : undefined;

    this.groupId = openToTheWorld(this, { environment, vpcId, ports: domain ? [443, 80] : [80] });
    const balancer = loadBalancer(this, this.groupId, props);
    const targetGroup = new TargetGroup(this, 'target-group', { place: environment, vpcId });
    this.targetGroupArn = targetGroup.arn;
    this.requestCountLabel = `${balancer.arnSuffix}/${targetGroup.arnSuffix}`;

    const listener =
      domain === undefined
        ? plainListener(this, balancer, targetGroup)
        : tlsListener(this, { balancer, targetGroup, domain });
    new HiddenPaths(this, 'hidden-paths', { listenerArn: listener.arn });
    new WebFirewall(this, 'firewall', { environment, resourceArn: balancer.arn });
    if (domain !== undefined) pointDomain(this, domain, balancer);
    this.url = domain === undefined ? `http://${balancer.dnsName}` : `https://${domain.domainName}`;
  }
}

interface Opening {
  readonly environment: Environment;
  readonly vpcId: string;
  readonly ports: readonly number[];
}

/** The only rules of the whole store that let anybody in. What goes out is the tasks' affair. */
function openToTheWorld(door: AlbDoor, { environment, vpcId, ports }: Opening): string {
  const { id: securityGroupId } = new SecurityGroup(door, 'group', {
    place: environment,
    name: 'door',
    description: 'The front door',
    vpcId,
  });
  for (const port of ports) {
    const rule = { securityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port };
    const description = 'Everybody';
    new VpcSecurityGroupIngressRule(door, `ipv4-${port}`, {
      ...rule,
      description,
      cidrIpv4: '0.0.0.0/0',
    });
    new VpcSecurityGroupIngressRule(door, `ipv6-${port}`, {
      ...rule,
      description,
      cidrIpv6: '::/0',
    });
  }
  return securityGroupId;
}

function loadBalancer(door: AlbDoor, groupId: string, props: AlbDoorProps): Lb {
  const { environment, subnetIds } = props;
  const { accessLogDays: days } = environment.door;
  const logs =
    days === 0 ? undefined : new AccessLogs(door, 'access-logs', { place: environment, days });
  return new Lb(door, 'balancer', {
    name: environment.prefix,
    loadBalancerType: 'application',
    internal: false,
    ipAddressType: 'dualstack',
    subnets: [...subnetIds],
    securityGroups: [groupId],
    enableDeletionProtection: !environment.dataMayBeLost,
    idleTimeout: IDLE_TIMEOUT,
    enableHttp2: true,
    dropInvalidHeaderFields: true,
    // Not `strictest`, which also refuses what is harmless and usual, as a GET that says its
    // Content-Length is 0.
    desyncMitigationMode: 'defensive',
    // The service counts the proxies from the end, so what a caller forges never counts.
    xffHeaderProcessingMode: 'append',
    enableXffClientPort: false,
    ...(logs && {
      accessLogs: { enabled: true, bucket: logs.bucket.name },
      // AWS writes a test at once.
      dependsOn: [logs.bucket.policy],
    }),
  });
}

function plainListener(door: AlbDoor, balancer: Lb, { arn: targetGroupArn }: TargetGroup) {
  return new LbListener(door, 'http', {
    loadBalancerArn: balancer.arn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: [{ type: 'forward', targetGroupArn }],
  });
}

interface TlsParts {
  readonly balancer: Lb;
  readonly targetGroup: TargetGroup;
  readonly domain: Domain;
}

function tlsListener(door: AlbDoor, { balancer, targetGroup, domain }: TlsParts): LbListener {
  new LbListener(door, 'http', {
    loadBalancerArn: balancer.arn,
    port: 80,
    protocol: 'HTTP',
    defaultAction: [
      {
        type: 'redirect',
        redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
      },
    ],
  });
  return new LbListener(door, 'https', {
    loadBalancerArn: balancer.arn,
    port: 443,
    protocol: 'HTTPS',
    sslPolicy: TLS_POLICY,
    certificateArn: new Certificate(door, 'certificate', domain).arn,
    defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
  });
}

function pointDomain(door: AlbDoor, { domainName, zoneId }: Domain, balancer: Lb): void {
  for (const type of ['A', 'AAAA']) {
    new Route53Record(door, `alias-${type.toLowerCase()}`, {
      zoneId,
      name: domainName,
      type,
      // There is nowhere else to send callers to, whatever the health of the targets.
      alias: { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false },
    });
  }
}
