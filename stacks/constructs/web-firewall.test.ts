import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { WebFirewall } from './web-firewall.ts';

const ACL = /^\$\{aws_wafv2_web_acl\.[^.]+\.arn\}$/;

const firewallOf = (environment: 'dev' | 'prod') =>
  Testing.synthScope((scope) => {
    new WebFirewall(scope, 'firewall', {
      environment: anEnvironment(environment),
      resourceArn: 'arn:balancer',
    });
  });
const synthesised = firewallOf('dev');

test('stands before the load balancer and lets in what no rule refuses', () => {
  expect(synthesised).toHaveResourceWithProperties(Wafv2WebAcl, {
    name: 'fargate-store-dev',
    scope: 'REGIONAL',
    default_action: { allow: {} },
  });
  expect(resourcesOf(JSON.parse(synthesised), 'aws_wafv2_web_acl_association')).toEqual([
    { resource_arn: 'arn:balancer', web_acl_arn: expect.stringMatching(ACL) },
  ]);
});

test("logs what it sees, without the callers' credentials", () => {
  expect(resourcesOf(JSON.parse(synthesised), 'aws_wafv2_web_acl_logging_configuration')).toEqual([
    {
      resource_arn: expect.stringMatching(ACL),
      log_destination_configs: [
        expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.[^.]+\.arn\}$/),
      ],
      redacted_fields: [
        { single_header: { name: 'authorization' } },
        { single_header: { name: 'cookie' } },
        { single_header: { name: 'x-api-key' } },
      ],
    },
  ]);
});

test('keeps its log as long as the environment says', () => {
  expect(synthesised).toHaveResourceWithProperties(CloudwatchLogGroup, {
    name: 'aws-waf-logs-fargate-store-dev',
    retention_in_days: 7,
  });
  expect(firewallOf('prod')).toHaveResourceWithProperties(CloudwatchLogGroup, {
    retention_in_days: 90,
  });
});
