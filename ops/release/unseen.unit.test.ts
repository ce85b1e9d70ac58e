import { isMoreThanAnImage, losesData } from './unseen.ts';

const address = 'aws_s3_bucket.logs';

test('what holds data is not taken away unseen, unless it may be lost', () => {
  const lost = losesData({ dataMayBeLost: false });
  const mayBe = losesData({ dataMayBeLost: true });

  expect(lost({ address, action: 'replace' })).toBe(true);
  expect(lost({ address, action: 'update' })).toBe(false);
  expect(lost({ address: 'aws_ecs_task_definition.it', action: 'replace' })).toBe(false);
  expect(mayBe({ address, action: 'replace' })).toBe(false);
});

test('a rollback changes what runs the image, and nothing else unseen', () => {
  expect(isMoreThanAnImage({ address: 'aws_ecs_service.it', action: 'update' })).toBe(false);
  expect(isMoreThanAnImage({ address: 'aws_lb_listener.it', action: 'update' })).toBe(true);
});
