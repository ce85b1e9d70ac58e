import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../place.ts';
import { firewallRules } from './web-firewall-rules.ts';

interface WebFirewallProps {
  readonly environment: Environment;
  /** What it stands before: a load balancer, or a stage of a REST API. */
  readonly resourceArn: string;
}

/** Header fields whose values let their reader in; the log shows that they were there. */
const CREDENTIALS = ['authorization', 'cookie', 'x-api-key'];

/** Refuses what is no honest request, before it costs a task anything. */
export class WebFirewall extends Construct {
  constructor(scope: Construct, id: string, { environment, resourceArn }: WebFirewallProps) {
    super(scope, id);
    const { prefix } = environment;
    const { firewall } = environment.door;
    const acl = new Wafv2WebAcl(this, 'acl', {
      name: prefix,
      description: 'What may come in through the front door',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: firewallRules(prefix, firewall),
      visibilityConfig: {
        metricName: prefix,
        cloudwatchMetricsEnabled: true,
        sampledRequestsEnabled: true,
      },
    });
    new Wafv2WebAclAssociation(this, 'association', { resourceArn, webAclArn: acl.arn });
    const logs = new CloudwatchLogGroup(this, 'logs', {
      // AWS asks for this beginning.
      name: `aws-waf-logs-${prefix}`,
      retentionInDays: firewall.logDays,
    });
    new Wafv2WebAclLoggingConfiguration(this, 'logging', {
      resourceArn: acl.arn,
      logDestinationConfigs: [logs.arn],
      redactedFields: CREDENTIALS.map((name) => ({ singleHeader: { name } })),
    });
  }
}
