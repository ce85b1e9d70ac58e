/** The containers of a task, compared without their images. */
import { isDeepStrictEqual } from 'node:util';
import { NO_IMAGE } from '../../contract.ts';
import { at, decoded, isObject, type Sides } from './hidden.ts';

type Naming = (image: unknown) => unknown;

export function haveOtherImagesAlone(sides: Sides): boolean {
  const { before, after } = containersOf(sides, repositoryOf);
  return before !== undefined && isDeepStrictEqual(before, after);
}

interface Containers {
  readonly before: unknown[] | undefined;
  readonly after: unknown[] | undefined;
}

/** Whoever pinned an image by its digest once does not get a tag, which may lead elsewhere tomorrow. */
export function containersOf({ before, after }: Sides, name: Naming): Containers {
  const was = decoded(before);
  const isPinned = (index: number) => Array.isArray(was) && hasDigest(at(was, [index, 'image']));
  return {
    before: containers(before, name),
    after: containers(after, (image, index) =>
      isPinned(index) && !hasDigest(image) ? `${String(image)} (no digest)` : name(image),
    ),
  };
}

/** The repository; that there is no image yet stays visible. */
export function nameOf(image: unknown): unknown {
  return isNoImage(image) ? image : repositoryOf(image);
}

/** Whether a container waits for its first image. */
export function hasNoImage(definitions: unknown): boolean {
  const list = decoded(definitions);
  return Array.isArray(list) && list.some((container) => isNoImage(at(container, ['image'])));
}

/** Without what ECS adds by itself; another repository is another program, so it is kept. */
function containers(
  definitions: unknown,
  imageOf: (image: unknown, index: number) => unknown,
): unknown[] | undefined {
  const list = decoded(definitions);
  if (!Array.isArray(list) || !list.every(isObject)) return undefined;
  return list.map((container, index) => {
    const { image } = container;
    return withoutEmpty({ ...container, image: imageOf(image, index) });
  });
}

/** `111111111111.dkr.ecr.eu-central-1.amazonaws.com/store` of one with a tag or digest behind it. */
function repositoryOf(image: unknown): unknown {
  return typeof image === 'string'
    ? image.replace(/(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/, '')
    : image;
}

function isNoImage(image: unknown): boolean {
  return typeof image === 'string' && image.endsWith(`:${NO_IMAGE}`);
}

function hasDigest(image: unknown): boolean {
  return typeof image === 'string' && /@sha256:[0-9a-f]{64}$/.test(image);
}

export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const full = Object.entries(value)
    .filter(([, item]) => !isEmpty(item))
    .map(([name, item]) => [name, withoutEmpty(item)] as const);
  return Object.fromEntries(full.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
