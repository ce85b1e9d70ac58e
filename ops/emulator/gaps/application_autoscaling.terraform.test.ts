import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
} from '@aws-sdk/client-ecs';
import { ask } from '../testing/ask.ts';
import { ACCOUNT, type Both, clientSettings, REGION, startBoth } from '../testing/both.ts';

const SERVICE = 'application-autoscaling';
const target = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/store/web',
  ScalableDimension: 'ecs:service:DesiredCount',
};
const policy = { ...target, PolicyName: 'busy', PolicyType: 'TargetTrackingScaling' };

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

const filled = (action: string, body: object) =>
  ask(both.filled, { service: SERVICE, action: `AnyScaleFrontendService.${action}`, body });

test('a target is what was registered last, in the account and region of who asks', async () => {
  const limits = { MinCapacity: 0, MaxCapacity: 0, Tags: { Project: 'store' } };
  const { body: first } = await filled('RegisterScalableTarget', { ...target, ...limits });
  const { body: again } = await filled('RegisterScalableTarget', { ...target, MaxCapacity: 4 });
  const { body: found } = await filled('DescribeScalableTargets', { ServiceNamespace: 'ecs' });
  const { body: tags } = await filled('ListTagsForResource', {
    ResourceARN: first.ScalableTargetARN,
  });

  expect(first.ScalableTargetARN).toMatch(
    `arn:aws:${SERVICE}:${REGION}:${ACCOUNT}:scalable-target/`,
  );
  expect(again).toEqual(first);
  expect(found.ScalableTargets).toMatchObject([{ ...target, MinCapacity: 0, MaxCapacity: 4 }]);
  expect(tags.Tags).toEqual({ Project: 'store' });
});

test('a policy needs its target, and goes with it', async () => {
  await filled('DeregisterScalableTarget', target);
  const early = await filled('PutScalingPolicy', policy);
  await filled('RegisterScalableTarget', { ...target, MinCapacity: 0, MaxCapacity: 0 });
  await filled('PutScalingPolicy', policy);
  const { body: found } = await filled('DescribeScalingPolicies', { ServiceNamespace: 'ecs' });
  await filled('DeregisterScalableTarget', target);
  const { body: left } = await filled('DescribeScalingPolicies', { ServiceNamespace: 'ecs' });

  expect(early).toMatchObject({ status: 400, body: { __type: 'ObjectNotFoundException' } });
  expect(found.ScalingPolicies).toMatchObject([policy]);
  expect(left.ScalingPolicies).toEqual([]);
});

test('new limits start the first tasks of a service', async () => {
  const ecs = new ECSClient(clientSettings(both.filled));
  await ecs.send(new CreateClusterCommand({ clusterName: 'store' }));
  const service = { serviceName: 'web', taskDefinition: 'web', desiredCount: 0 };
  await ecs.send(new CreateServiceCommand({ cluster: 'store', ...service }));

  await filled('RegisterScalableTarget', { ...target, MinCapacity: 2, MaxCapacity: 4 });
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: 'store', services: ['web'] }),
  );

  expect(services.map(({ desiredCount }) => desiredCount)).toEqual([2]);
});

test('without our filler there is no such service', async () => {
  const health = await fetch(`${both.plain.endpoint}/_ministack/health`);
  const { services } = (await health.json()) as { services: object };

  expect(services).toHaveProperty('ecs');
  expect(services).not.toHaveProperty(SERVICE);
});
