/** Faults that are planted in an emulated AWS for a while; planted_faults.py reads them. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface PlantedFaults {
  /** Services that answer 503 to everything. */
  readonly away?: readonly Away[];
  /** Access key ids of sessions that are over from now on, for good. */
  readonly expired?: readonly string[];
  /** How much AWS's clock is ahead of everybody's here. */
  readonly clockAheadSeconds?: number;
}

interface Away {
  /** As signatures name it: `s3`, `secretsmanager`. */
  readonly service: string;
  /** Action that must have been called since it was planted, such as `UpdateService`. @default at once */
  readonly onceSeen?: string;
}

/** @param folder the emulator's. The faults hold until {@link healFaults}, or others are planted */
export async function plantFaults(folder: string, faults: PlantedFaults): Promise<void> {
  const file = join(folder, FILE);
  // It is read in the middle of requests: never half a file.
  await writeFile(`${file}.new`, JSON.stringify(faults));
  await rename(`${file}.new`, file);
}

export async function healFaults(folder: string): Promise<void> {
  await rm(join(folder, FILE), { force: true });
}

const FILE = 'faults.json';
