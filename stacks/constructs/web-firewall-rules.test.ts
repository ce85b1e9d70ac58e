import { firewallRules } from './web-firewall-rules.ts';

const settings = { requestsPer5Minutes: 1000, countOnly: [], logDays: 7 as const };
const rules = firewallRules('store-dev', settings);

const managed = (name: string, counted: readonly string[] = []) => ({
  managed_rule_group_statement: {
    vendor_name: 'AWS',
    name,
    rule_action_override: counted.map((rule) => ({ name: rule, action_to_use: { count: {} } })),
  },
});

test('an address that asks too often is refused first, then what Amazon knows as hostile', () => {
  expect(rules.map(({ name, priority, statement }) => ({ name, priority, statement }))).toEqual([
    {
      name: 'rate',
      priority: 10,
      statement: {
        rate_based_statement: { limit: 1000, aggregate_key_type: 'IP', evaluation_window_sec: 300 },
      },
    },
    {
      name: 'reputation',
      priority: 20,
      statement: managed('AWSManagedRulesAmazonIpReputationList'),
    },
    {
      name: 'common',
      priority: 30,
      // Bodies may have up to 1 MiB.
      statement: managed('AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
    },
    {
      name: 'bad-inputs',
      priority: 40,
      statement: managed('AWSManagedRulesKnownBadInputsRuleSet'),
    },
    { name: 'sql-injection', priority: 50, statement: managed('AWSManagedRulesSQLiRuleSet') },
  ]);
});

test('every rule blocks unless it is told to count', () => {
  const [rate, ...groups] = rules;

  expect(rate?.action).toEqual({ block: {} });
  expect(groups.map(({ overrideAction }) => overrideAction)).toEqual(
    groups.map(() => ({ none: {} })),
  );
});

test.each(rules.map(({ name }) => name))(
  '%s counts when it is told to, and nothing else',
  (name) => {
    const counting = firewallRules('store-dev', { ...settings, countOnly: [name as 'rate'] });

    const counts = counting.filter((rule) => rule.action?.count ?? rule.overrideAction?.count);
    expect(counts.map((rule) => rule.name)).toEqual([name]);
  },
);

test('every rule has a metric of its own', () => {
  expect(rules.map(({ visibilityConfig }) => visibilityConfig)).toEqual(
    rules.map(({ name }) => ({
      metricName: `store-dev-${name}`,
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    })),
  );
});
