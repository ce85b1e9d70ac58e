import type { Case } from '../case.ts';
import { firewall, LISTENER, PLAIN_LISTENER, REDIRECT, visibility } from './arguments.ts';

const FORWARD = LISTENER.default_action;

export const FRONT_DOORS: readonly Case[] = [
  {
    rule: 'listener-made',
    name: 'for everybody',
    fires: true,
    type: 'aws_lb_listener',
    after: LISTENER,
  },
  {
    rule: 'listener-made',
    name: 'in plain text',
    fires: true,
    type: 'aws_lb_listener',
    after: { ...PLAIN_LISTENER, default_action: FORWARD },
  },
  {
    rule: 'listener-made',
    name: 'only redirects',
    fires: false,
    type: 'aws_lb_listener',
    after: { ...PLAIN_LISTENER, default_action: REDIRECT },
  },
  {
    rule: 'plain-text',
    name: 'no longer redirects',
    fires: true,
    type: 'aws_lb_listener',
    before: { ...PLAIN_LISTENER, default_action: REDIRECT },
    after: { ...PLAIN_LISTENER, default_action: FORWARD },
  },
  {
    rule: 'plain-text',
    name: 'redirects from now on',
    fires: false,
    type: 'aws_lb_listener',
    before: { ...PLAIN_LISTENER, default_action: FORWARD },
    after: { ...PLAIN_LISTENER, default_action: REDIRECT },
  },
  {
    rule: 'weaker-tls',
    name: 'TLS 1 again',
    fires: true,
    type: 'aws_lb_listener',
    before: LISTENER,
    after: { ...LISTENER, ssl_policy: 'ELBSecurityPolicy-2016-08' },
  },
  {
    rule: 'weaker-tls',
    name: 'TLS 1 no longer',
    fires: false,
    type: 'aws_lb_listener',
    before: { ...LISTENER, ssl_policy: 'ELBSecurityPolicy-2016-08' },
    after: LISTENER,
  },
  {
    rule: 'firewall-gone',
    name: 'not in front of it any more',
    fires: true,
    type: 'aws_wafv2_web_acl_association',
    before: association('store'),
  },
  {
    rule: 'firewall-gone',
    name: 'in front of it',
    fires: false,
    type: 'aws_wafv2_web_acl_association',
    after: association('store'),
  },
  {
    rule: 'firewall-weaker',
    name: 'only counts',
    fires: true,
    type: 'aws_wafv2_web_acl',
    before: firewall({ rule: [managed('none')] }),
    after: firewall({ rule: [managed('count')] }),
  },
  {
    rule: 'firewall-weaker',
    name: 'without a rule',
    fires: true,
    type: 'aws_wafv2_web_acl',
    before: firewall({ rule: [managed('none')] }),
    after: firewall({}),
  },
  {
    rule: 'firewall-weaker',
    name: 'no longer only counts',
    fires: false,
    type: 'aws_wafv2_web_acl',
    before: firewall({ rule: [managed('count')] }),
    after: firewall({ rule: [managed('none')] }),
  },
];

function managed(override: 'none' | 'count'): object {
  const group = { name: 'AWSManagedRulesCommonRuleSet', vendor_name: 'AWS' };
  return {
    name: 'common',
    priority: 1,
    override_action: [{ [override]: [{}] }],
    statement: [{ managed_rule_group_statement: [group] }],
    visibility_config: [visibility('common')],
  };
}

function association(name: string): Readonly<Record<string, unknown>> {
  return {
    resource_arn: LISTENER.load_balancer_arn,
    web_acl_arn: `arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/${name}/1`,
  };
}
