import { TerraformOutput, Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { TaskGroup } from './task-group.ts';

const groupWith = (endpointClientId?: string) =>
  JSON.parse(
    Testing.synthScope((scope) => {
      const { worn } = new TaskGroup(scope, 'task', {
        place: anEnvironment(),
        doorGroupId: 'sg-door',
        databaseClientId: 'sg-database-client',
        network: { vpcId: 'vpc-1', endpointClientId, s3PrefixListId: 'pl-s3' },
      });
      new TerraformOutput(scope, 'worn', { value: worn });
    }),
  );

const OWN = expect.stringMatching(/^\$\{aws_security_group\.[^.]+\.id\}$/);

const withNat = groupWith();
const withEndpoints = groupWith('sg-endpoint-client');

test('only the door may call, and only on the port of the service', () => {
  const onPort = { ip_protocol: 'tcp', from_port: 3000, to_port: 3000 };

  expect(resourcesOf(withNat, 'aws_vpc_security_group_ingress_rule')).toEqual([
    {
      security_group_id: OWN,
      referenced_security_group_id: 'sg-door',
      description: 'Requests from the front door',
      ...onPort,
    },
  ]);
  expect(resourcesOf(withNat, 'aws_vpc_security_group_egress_rule')).toContainEqual({
    security_group_id: 'sg-door',
    referenced_security_group_id: OWN,
    description: 'Requests from the front door',
    ...onPort,
  });
});

const callsOf = (synthesised: ReturnType<typeof groupWith>) =>
  resourcesOf(synthesised, 'aws_vpc_security_group_egress_rule').filter(
    (rule) => rule['security_group_id'] !== 'sg-door',
  );

const https = {
  security_group_id: OWN,
  ip_protocol: 'tcp',
  from_port: 443,
  to_port: 443,
  description: expect.any(String),
};

test('tasks call the world over HTTPS only, and the database', () => {
  expect(callsOf(withNat)).toEqual([{ ...https, cidr_ipv4: '0.0.0.0/0' }]);
  expect(withNat.output.worn.value).toEqual([OWN, 'sg-database-client']);
});

test('with endpoints tasks reach them and S3, and nothing of the world', () => {
  expect(callsOf(withEndpoints)).toEqual([{ ...https, prefix_list_id: 'pl-s3' }]);
  expect(withEndpoints.output.worn.value).toEqual([
    OWN,
    'sg-database-client',
    'sg-endpoint-client',
  ]);
});
