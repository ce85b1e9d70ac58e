/** The rules of the web firewall, in the order in which a request meets them. */
import type { Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import type { FirewallRule, Settings } from '../settings.ts';

/** Seconds over which requests of an address are counted. */
const WINDOW = 300;

/** Room between priorities, so that another rule fits in without renumbering. */
const STEP = 10;

export function firewallRules(
  prefix: string,
  { requestsPer5Minutes, countOnly }: Settings['door']['firewall'],
): Wafv2WebAclRule[] {
  const rules: readonly Unnumbered[] = [
    rateRule(requestsPer5Minutes, countOnly),
    ...MANAGED.map((group) => managedRule(group, countOnly)),
  ];
  return rules.map((rule, index) => numbered(rule, index, prefix));
}

type Unnumbered = Omit<Wafv2WebAclRule, 'priority' | 'visibilityConfig'>;

function numbered(rule: Unnumbered, index: number, prefix: string): Wafv2WebAclRule {
  return {
    ...rule,
    priority: (index + 1) * STEP,
    visibilityConfig: {
      metricName: `${prefix}-${rule.name}`,
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    },
  };
}

interface ManagedGroup {
  readonly name: FirewallRule;
  readonly group: string;
  /** Its rules that never block. @default none */
  readonly counted?: readonly string[];
}

/** Rules that Amazon keeps up to date; of a body they see the first 8 KiB. */
const MANAGED: readonly ManagedGroup[] = [
  { name: 'reputation', group: 'AWSManagedRulesAmazonIpReputationList' },
  // The service takes bodies up to 1 MiB, and says so to those that are larger; this rule would
  // refuse them from 8 KiB on.
  { name: 'common', group: 'AWSManagedRulesCommonRuleSet', counted: ['SizeRestrictions_BODY'] },
  { name: 'bad-inputs', group: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'sql-injection', group: 'AWSManagedRulesSQLiRuleSet' },
];

type CountOnly = readonly FirewallRule[];

function rateRule(limit: number, countOnly: CountOnly) {
  const name: FirewallRule = 'rate';
  return {
    name,
    action: countOnly.includes(name) ? { count: {} } : { block: {} },
    statement: {
      rate_based_statement: { limit, aggregate_key_type: 'IP', evaluation_window_sec: WINDOW },
    },
  };
}

function managedRule({ name, group, counted = [] }: ManagedGroup, countOnly: CountOnly) {
  return {
    name,
    // `none` leaves the decision to the group's own rules, which block.
    overrideAction: countOnly.includes(name) ? { count: {} } : { none: {} },
    // The bindings have no types below here: these are Terraform's names.
    statement: {
      managed_rule_group_statement: {
        vendor_name: 'AWS',
        name: group,
        rule_action_override: counted.map((rule) => ({
          name: rule,
          action_to_use: { count: {} },
        })),
      },
    },
  };
}
