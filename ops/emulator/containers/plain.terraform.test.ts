/** What MiniStack does by itself with services: where one of these fails, a gap filler can go. */
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Shop, server } from './testing/services.ts';
import { Stage } from './testing/stage.ts';
import { areThereContainers } from './testing/with-containers.ts';

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  if (!areThereContainers) return;
  stage = await Stage.open({ plain: true }, 'empty');
  shop = await Shop.open(stage, await stage.define(server('v1')));
});

afterAll(async () => {
  if (areThereContainers) await stage.close();
});

test('/health of a load balancer is MiniStack’s own', async () => {
  expect(await shop.ask('/health')).toMatch(/^200 .*ministack|^200 .*"services"/s);
});

test('a target that nobody has asked is healthy', async () => {
  // An address for documents, which nothing has.
  const Targets = [{ Id: '192.0.2.1', Port: 3000 }];
  await stage.elb.send(new RegisterTargetsCommand({ TargetGroupArn: shop.groupArn, Targets }));

  expect(await shop.targets()).toEqual(['healthy']);
});

test('a new service is completed before any task was well', async () => {
  const { deployments } = await shop.describe();

  expect(deployments?.[0]?.rolloutState).toBe('COMPLETED');
});
