import { add, refusalOf } from '../testing/refusal.ts';
import { immutableImages } from './immutable-images.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const released = '${data.aws_ssm_parameter.it.insecure_value}';

function refusal(image: string): string {
  return refusalOf(immutableImages, (stack) =>
    add(stack, 'aws_ecs_task_definition', 'it', {
      container_definitions: JSON.stringify([{ image }]),
    }),
  );
}

test.each(['store', 'store:latest', 'store:1.2.3', 'store@sha256:short', `store:${released}`])(
  'refuses the image %s',
  (image) => {
    expect(refusal(image)).toContain(
      `[stack/it] aws_ecs_task_definition runs ${image}, which may be another one tomorrow: name it by @sha256:…`,
    );
  },
);

test.each([
  `store@${DIGEST}`,
  `store@${released}`,
  `store\${(data.aws_ssm_parameter.it.insecure_value == "none") ? ":none" : "@${released}"}`,
])('keeps %s', (image) => {
  const container_definitions = `[{"image":"${image}"}]`;

  expect(
    refusalOf(immutableImages, (stack) =>
      add(stack, 'aws_ecs_task_definition', 'it', { container_definitions }),
    ),
  ).toBe('');
});

const repository = {
  image_tag_mutability: 'IMMUTABLE',
  image_scanning_configuration: { scan_on_push: true },
};

test.each([
  [{ image_tag_mutability: 'MUTABLE' }, "set imageTagMutability: 'IMMUTABLE'"],
  [{ image_scanning_configuration: undefined }, 'set imageScanningConfiguration'],
  [{}, ''],
])('of a repository with %j is said: %s', (changes, whatToDo) => {
  const said = refusalOf(immutableImages, (stack) =>
    add(stack, 'aws_ecr_repository', 'it', { ...repository, ...changes }),
  );

  expect(said).toContain(whatToDo);
  expect(said === '').toBe(whatToDo === '');
});
