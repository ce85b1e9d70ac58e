/** How Node runs in production: as the image says, with the heap that it gives itself there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCKERFILE = join(import.meta.dirname, '../../Dockerfile');

/**
 * Node takes half of a container's memory for what lives long: this is the smallest task's, 512 MB.
 * On a machine with more it would let everything grow, and measure that.
 */
export const SMALLEST_HEAP = '--max-old-space-size=256';

/** What stands behind `node` in the image's command. @throws Error when that is another program */
export function imageArguments(dockerfile = readFileSync(DOCKERFILE, 'utf8')): readonly string[] {
  const command = /^CMD (?<words>\[.*\])$/m.exec(dockerfile)?.groups?.['words'];
  const [program, ...args] = JSON.parse(command ?? '[]') as string[];
  if (program !== 'node') throw new Error('the CMD of the Dockerfile does not run node');
  return args;
}
