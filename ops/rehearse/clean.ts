/** Takes away what rehearsals started: after each one, and what killed ones have left. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../../contract.ts';
import { docker } from '../emulator/containers/engine.ts';
import { removeEverything } from '../emulator/containers/network.ts';
import { killMarked } from './processes.ts';
import { abandonedRuns, REHEARSALS, type RunRecord, writeRecord } from './run-folder.ts';

/** Folders of a run that hold no result: providers, states' copies, what images were built of. */
const BULKY = ['earlier', 'synth', 'overrides', 'images', 'data', 'cdktf'];

/** Of killed rehearsals, never of one that still runs. @returns a line for each thing */
export async function cleanAbandoned(root = REHEARSALS): Promise<string[]> {
  const lines: string[] = [];
  for (const { path, record } of abandonedRuns(root)) {
    const removed = await removeAll(path, record);
    writeRecord(path, { ...record, isClean: true });
    lines.push(`${path}: ${removed.length === 0 ? 'nothing was left' : removed.join(', ')}`);
  }
  return lines;
}

/** Everything that the record knows but its report and its logs. @returns what was there */
export async function removeAll(path: string, record: RunRecord): Promise<string[]> {
  const removed = killMarked(record.id).map((pid) => `process ${pid}`);
  if (await hasEngine()) {
    removed.push(...(await removeEverything(record.network)));
    removed.push(...(await removeImages(record)));
  }
  for (const folder of BULKY) await rm(join(path, folder), { recursive: true, force: true });
  return removed;
}

export async function hasEngine(): Promise<boolean> {
  return docker('info', '--format', '{{.ServerVersion}}').then(
    (version) => version !== '',
    () => false,
  );
}

async function removeImages({ images, registries }: RunRecord): Promise<string[]> {
  const pushed = await Promise.all(registries.map(imagesOf));
  const wanted = [...images, ...pushed.flat()];
  const removed: string[] = [];
  for (const name of wanted) {
    // One that was never built, or is in use elsewhere, stays.
    const isGone = await docker('image', 'rm', name).then(
      () => true,
      () => false,
    );
    if (isGone) removed.push(`image ${name}`);
  }
  return removed;
}

/** By tag where they have one, else by digest. */
async function imagesOf(registry: string): Promise<string[]> {
  const format = '{{.Repository}} {{.Tag}} {{.Digest}}';
  const filter = `reference=${registry}/${PROJECT}`;
  const table = await docker('image', 'ls', '--digests', '--filter', filter, '--format', format);
  const rows = table.split('\n').filter((line) => line !== '');
  return rows.map((row) => {
    const [repository = '', tag = '', digest = ''] = row.split(' ');
    return tag === '<none>' ? `${repository}@${digest}` : `${repository}:${tag}`;
  });
}
