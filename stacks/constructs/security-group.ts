import { SecurityGroup as AwsSecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';

interface SecurityGroupProps {
  readonly place: Place;
  /** After the prefix: `task` is `fargate-store-dev-task`. */
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
}

/** A group without rules: nothing comes in, nothing goes out. Rules are resources of their own. */
export class SecurityGroup extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const { place, name, description, vpcId } = props;
    const group = new AwsSecurityGroup(this, 'group', {
      name: `${place.prefix}-${name}`,
      description,
      vpcId,
      tags: { Name: `${place.prefix}-${name}` },
    });
    this.id = group.id;
  }
}

interface Traffic {
  /** Ids of security groups; a group of another stack is fine. */
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly description: string;
}

/** Lets one group talk to another on one TCP port: out of the one, into the other. */
export class AllowTraffic extends Construct {
  constructor(scope: Construct, id: string, { from, to, port, description }: Traffic) {
    super(scope, id);
    const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port, description };
    new VpcSecurityGroupEgressRule(this, 'out', {
      securityGroupId: from,
      referencedSecurityGroupId: to,
      ...rule,
    });
    new VpcSecurityGroupIngressRule(this, 'in', {
      securityGroupId: to,
      referencedSecurityGroupId: from,
      ...rule,
    });
  }
}

interface HttpsOut {
  readonly from: string;
  readonly to: { readonly cidrIpv4: string } | { readonly prefixListId: string };
  readonly description: string;
}

/** Lets a group call HTTPS addresses outside: everywhere, or those of a prefix list. */
export class AllowHttpsOut extends Construct {
  constructor(scope: Construct, id: string, { from, to, description }: HttpsOut) {
    super(scope, id);
    new VpcSecurityGroupEgressRule(this, 'out', {
      securityGroupId: from,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      description,
      ...to,
    });
  }
}
