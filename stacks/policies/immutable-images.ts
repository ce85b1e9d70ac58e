/** What was tried is what runs: images by their digest, in a registry where no tag ever moves. */
import { isTrue, valuesAt } from './attributes.ts';
import { containersOf } from './tasks.ts';
import type { Resource } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

export const immutableImages: Rule = {
  name: 'immutable-images',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      for (const wrong of [...repository(resource), ...images(resource)]) {
        refuse(resource, `${resource.type} ${wrong}`);
      }
    }
  },
};

function repository({ type, attributes }: Resource): string[] {
  if (type !== 'aws_ecr_repository') return [];
  const scans = valuesAt(attributes, 'image_scanning_configuration.scan_on_push');
  return [
    ...(attributes['image_tag_mutability'] === 'IMMUTABLE'
      ? []
      : ["lets tags move to other images: set imageTagMutability: 'IMMUTABLE'"]),
    ...(scans.some(isTrue)
      ? []
      : ['takes images unseen: set imageScanningConfiguration: { scanOnPush: true }']),
  ];
}

/** What cannot be read is the affair of hardened-tasks. */
function images(resource: Resource): string[] {
  if (resource.type !== 'aws_ecs_task_definition') return [];
  return (containersOf(resource) ?? [])
    .map(({ image }) => String(image))
    .filter((image) => !isByDigest(image))
    .map((image) => `runs ${image}, which may be another one tomorrow: name it by @sha256:…`);
}

/** Plainly, or once something was released (as ReleasedImage writes it). */
function isByDigest(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(image) || /@\$\{[^{}]+\}("\})?$/.test(image);
}
