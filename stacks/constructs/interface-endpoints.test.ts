import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { InterfaceEndpoints } from './interface-endpoints.ts';
import { Vpc } from './vpc.ts';

const place = anEnvironment();

const synthesised = Testing.synthScope((scope) => {
  const vpc = new Vpc(scope, 'vpc', { place, cidr: '10.0.0.0/16', zones: ['a', 'b'] });
  new InterfaceEndpoints(scope, 'endpoints', { place, vpc, clientGroupId: 'sg-client' });
});
const network = JSON.parse(synthesised) as Synthesised;
const endpoints = resourcesOf(network, 'aws_vpc_endpoint').filter(
  (endpoint) => endpoint['vpc_endpoint_type'] === 'Interface',
);

test('everything that tasks call has an endpoint', () => {
  expect(endpoints.map((endpoint) => endpoint['service_name'])).toEqual([
    'com.amazonaws.eu-central-1.cognito-idp',
    'com.amazonaws.eu-central-1.ecr.api',
    'com.amazonaws.eu-central-1.ecr.dkr',
    'com.amazonaws.eu-central-1.logs',
    'com.amazonaws.eu-central-1.secretsmanager',
    'com.amazonaws.eu-central-1.ssm',
  ]);
});

test('endpoints answer under the usual names, in the private subnet of every zone', () => {
  for (const endpoint of endpoints) {
    expect(endpoint['private_dns_enabled']).toBe(true);
    expect(endpoint['subnet_ids']).toEqual([
      expect.stringMatching(/private-a_/),
      expect.stringMatching(/private-b_/),
    ]);
  }
});

test('only who wears the client group reaches them, over TLS', () => {
  const [group] = Object.keys(network.resource['aws_security_group'] ?? {});
  const endpointGroup = `\${aws_security_group.${group}.id}`;
  const tls = { ip_protocol: 'tcp', from_port: 443, to_port: 443 };

  for (const endpoint of endpoints) expect(endpoint['security_group_ids']).toEqual([endpointGroup]);
  expect(resourcesOf(network, 'aws_vpc_security_group_ingress_rule')).toHaveLength(1);
  expect(synthesised).toHaveResourceWithProperties(VpcSecurityGroupIngressRule, {
    security_group_id: endpointGroup,
    referenced_security_group_id: 'sg-client',
    ...tls,
  });
  expect(synthesised).toHaveResourceWithProperties(VpcSecurityGroupEgressRule, {
    security_group_id: 'sg-client',
    referenced_security_group_id: endpointGroup,
    ...tls,
  });
});
