import { Testing } from 'cdktf';
import { NetworkStack } from '../network-stack.ts';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, synthesise } from '../testing/synthesise.ts';
import { problemsOf, tableWith } from '../testing/tables.ts';
import { TASK_DESTINATIONS } from './task-destinations.ts';

test('endpoints alone are refused while tasks could not check tokens', () => {
  expect(problemsOf(tableWith({ 'dev.network.egress': 'endpoints' }))).toEqual([
    "dev.network.egress is 'endpoints': expected 'nat-single' or 'nat-per-zone'; tasks could not reach cognito-idp (the keys that tokens are checked with), because a user pool with login pages answers through no endpoint (identity.loginPages: false would do)",
  ]);
});

test('without login pages endpoints suffice', () => {
  const table = tableWith({ 'dev.network.egress': 'endpoints', 'dev.identity.loginPages': false });

  expect(problemsOf(table)).toEqual([]);
});

test('the network has an endpoint for everything that tasks ask', () => {
  const { network } = anEnvironment();
  const environment = anEnvironment('dev', { network: { ...network, egress: 'endpoints' } });

  const synthesised = synthesise(new NetworkStack(Testing.app(), environment));

  const endpoints = resourcesOf(synthesised, 'aws_vpc_endpoint').map((endpoint) => ({
    service: String(endpoint['service_name']).replace(`com.amazonaws.${environment.region}.`, ''),
    type: endpoint['vpc_endpoint_type'] ?? 'Gateway',
  }));
  expect(endpoints).toEqual(
    expect.arrayContaining(
      TASK_DESTINATIONS.map(({ service, endpoint }) => ({
        service,
        type: endpoint === 'gateway' ? 'Gateway' : 'Interface',
      })),
    ),
  );
});
