/** What exists: `stacks/addresses/<stack>.json`, written by `npm run addresses -- accept`, committed by its owner. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuardRailError } from '../policies/guard-rail-error.ts';

/** Addresses by paths below the stack. */
export type Addresses = ReadonlyMap<string, string>;

export interface Whereabouts {
  readonly accountId: string;
  readonly region: string;
}

export interface StackRecord extends Whereabouts {
  readonly addresses: Addresses;
}

/** By what the record is called: `dev-database`. A stack without one has perhaps not been applied. */
export type Records = ReadonlyMap<string, StackRecord>;

/** The owner's, committed. */
export const RECORDS = import.meta.dirname;

export const NO_RECORDS: Records = new Map();

/** As the file has it, for people first. */
interface RecordFile {
  readonly account: string;
  readonly region: string;
  readonly addresses: Readonly<Record<string, string>>;
}

const EXTENSION = '.json';

/** @throws GuardRailError when a file is no record */
export function readRecords(folder: string = RECORDS): Records {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.filter((file) => file.endsWith(EXTENSION)).toSorted();
  return new Map(names.map((file) => [file.slice(0, -EXTENSION.length), read(folder, file)]));
}

function read(folder: string, file: string): StackRecord {
  try {
    return recordOf(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  } catch (error) {
    throw new GuardRailError([
      `stacks/addresses/${file} is no record (${(error as Error).message}): take it from git, or delete it and run npm run addresses -- accept ${file.slice(0, -EXTENSION.length)}`,
    ]);
  }
}

/** One that says nothing is none: it would turn the guard off without a word. */
function recordOf(content: unknown): StackRecord {
  const { account, region, addresses } = Object(content) as Partial<RecordFile>;
  if (!/^\d{12}$/.test(String(account)) || typeof region !== 'string' || region === '') {
    throw new Error('it does not say in which account and region');
  }
  const entries = Object.entries(Object(addresses) as object);
  if (entries.length === 0) throw new Error('it has no addresses');
  const wrong = entries.find(([, address]) => !/^\w+\.[\w-]+$/.test(String(address)));
  if (wrong !== undefined) throw new Error(`${wrong[0]} has no address of Terraform`);
  return { accountId: String(account), region, addresses: new Map(entries as [string, string][]) };
}

/** Sorted, a line for each, so that a change of one is a change of one line. One without addresses goes. */
export function writeRecord(
  name: string,
  { accountId, region, addresses }: StackRecord,
  folder: string,
): void {
  const file = join(folder, `${name}${EXTENSION}`);
  if (addresses.size === 0) {
    rmSync(file, { force: true });
    return;
  }
  const sorted = Object.fromEntries([...addresses].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const content: RecordFile = { account: accountId, region, addresses: sorted };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
