/** What exists: `stacks/addresses/<stack>.json`, written by `npm run addresses -- accept`, committed by its owner. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuardRailError } from '../policies/guard-rail-error.ts';

/** Addresses by paths below the stack. */
export type Addresses = ReadonlyMap<string, string>;
/** By what the record is called: `dev-database`. A stack without one has perhaps not been applied. */
export type Records = ReadonlyMap<string, Addresses>;

export const NO_RECORDS: Records = new Map();

const EXTENSION = '.json';

/** @throws GuardRailError when a file is no record */
export function readRecords(folder: string = import.meta.dirname): Records {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.filter((file) => file.endsWith(EXTENSION)).toSorted();
  return new Map(names.map((file) => [file.slice(0, -EXTENSION.length), read(folder, file)]));
}

function read(folder: string, file: string): Addresses {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object);
    const wrong = entries.find(([, address]) => !/^\w+\.[\w-]+$/.test(String(address)));
    if (wrong !== undefined) throw new Error(`${wrong[0]} has no address of Terraform`);
    return new Map(entries as [string, string][]);
  } catch (error) {
    throw new GuardRailError([
      `stacks/addresses/${file} is no record (${(error as Error).message}): take it from git, or delete it and run npm run addresses -- accept ${file.slice(0, -EXTENSION.length)}`,
    ]);
  }
}

/** Sorted, a line for each, so that a change of one is a change of one line. One without addresses goes. */
export function writeRecord(name: string, addresses: Addresses, folder: string): void {
  const file = join(folder, `${name}${EXTENSION}`);
  if (addresses.size === 0) {
    rmSync(file, { force: true });
    return;
  }
  const sorted = Object.fromEntries([...addresses].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
