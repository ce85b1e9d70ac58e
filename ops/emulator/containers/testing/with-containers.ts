/** Tests of a file that imports it are skipped where no container engine answers, and say so. */
import { spawnSync } from 'node:child_process';

/** Images that tests run: any with Node would do, and the one that databases are. */
export const NODE_IMAGE = 'node:24-slim';
const IMAGES = [NODE_IMAGE, 'postgres:17'];

/** Milliseconds for one image to come. */
const PATIENCE = 300_000;

const obstacle = IMAGES.map((image) => whyNot(image)).find((reason) => reason !== undefined);
if (obstacle !== undefined) {
  process.stderr.write(`skipped, no containers: ${obstacle}\n`);
  globalThis.test = test.skip;
}

/** For what is done before and after all tests of a file. */
export const areThereContainers = obstacle === undefined;

function whyNot(image: string): string | undefined {
  if (docker('image', 'inspect', image).status === 0) return undefined;
  const { status, stderr, error } = docker('pull', '--quiet', image);
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

function docker(...command: readonly string[]) {
  return spawnSync('docker', command, { encoding: 'utf8', timeout: PATIENCE });
}
