import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

/** @returns what is read back of a new service, then of the same one after a change of its own */
async function readBack(emulator: Emulator) {
  const ecs = new ECSClient(clientSettings(emulator));
  await ecs.send(new CreateClusterCommand({ clusterName: 'store' }));
  const read = async () => {
    const which = { cluster: 'store', services: ['web'] };
    const { services = [] } = await ecs.send(new DescribeServicesCommand(which));
    return services[0]?.availabilityZoneRebalancing;
  };
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'store',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 0,
      availabilityZoneRebalancing: 'ENABLED',
    }),
  );
  const made = await read();
  const change = { cluster: 'store', service: 'web' };
  await ecs.send(new UpdateServiceCommand({ ...change, availabilityZoneRebalancing: 'DISABLED' }));
  const changed = await read();
  await ecs.send(new UpdateServiceCommand({ ...change, desiredCount: 0 }));
  return [made, changed, await read()];
}

test('whether tasks move back after an outage is read back', async () => {
  expect(await readBack(both.filled)).toEqual(['ENABLED', 'DISABLED', 'DISABLED']);
});

test('without our filler it is forgotten', async () => {
  expect(await readBack(both.plain)).toEqual([undefined, undefined, undefined]);
});
