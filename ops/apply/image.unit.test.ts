import { requireSameImage } from './image.ts';

const STACK = { stack: 'dev-service', environment: 'dev' };
const [SERVES, OTHER] = ['a', 'b'].map((one) => `sha256:${one.repeat(64)}`);

/** A plan that does something with a task whose image is known, upon the digest that was recorded. */
function shown(actions: readonly string[], recorded: string | undefined, image?: string): string {
  const before = image && { container_definitions: JSON.stringify([{ image: `store@${image}` }]) };
  const read = { mode: 'data', type: 'aws_ssm_parameter', values: { insecure_value: recorded } };
  return JSON.stringify({
    resource_changes: [{ type: 'aws_ecs_task_definition', change: { actions, before } }],
    prior_state: { values: { root_module: { resources: [read] } } },
  });
}

const judged = (...plan: Parameters<typeof shown>) => requireSameImage(shown(...plan), STACK);

test('tasks get no image from a plan that they do not have yet', () => {
  expect(() => judged(['create', 'delete'], OTHER, SERVES)).toThrow(`the image ${OTHER}, which`);
  expect(() => judged(['create'], OTHER)).toThrow('npm run release -- dev');
});

test('other changes of tasks, and an environment without any image, are fine', () => {
  expect(() => judged(['create', 'delete'], SERVES, SERVES)).not.toThrow();
  expect(() => judged(['no-op'], OTHER, SERVES)).not.toThrow();
  expect(() => judged(['create'], 'none')).not.toThrow();
});
