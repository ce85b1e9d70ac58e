/** The folder of one rehearsal, and its record: what it starts is written down before it starts. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../contract.ts';
import { dataFolder } from '../deployment/data-folder.ts';
import { identify, isAlive, type ProcessIdentity } from './processes.ts';

export const REHEARSALS = dataFolder('rehearsals');

const RECORD = 'record.json';

export interface RunRecord {
  /** What all its commands carry in their environment. */
  readonly id: string;
  /** Whose rehearsal it is; while that process lives, nobody else cleans up. */
  readonly process: ProcessIdentity;
  /** Label and first part of the name of all containers, networks and volumes. */
  readonly network: string;
  /** Tags on the container engine. */
  readonly images: readonly string[];
  /** Such as `127.0.0.1:40123`: what was pushed there bears that name on the engine too. */
  readonly registries: readonly string[];
  /** Whether everything was taken away. */
  readonly isClean: boolean;
}

export class RunFolder {
  readonly id: string;
  readonly path: string;
  #record: RunRecord;

  /** @throws Error when the folder cannot be written */
  static open(root = REHEARSALS): RunFolder {
    const unique = randomBytes(3).toString('hex');
    const id = `${new Date().toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')}-${unique}`;
    const mine = identify(process.pid);
    if (mine === undefined) throw new Error('this process cannot be found in the process table');
    return new RunFolder(join(root, id), {
      id,
      process: mine,
      network: `${PROJECT}-${unique}`,
      images: [],
      registries: [],
      isClean: false,
    });
  }

  private constructor(path: string, record: RunRecord) {
    this.path = path;
    this.id = record.id;
    this.#record = record;
    mkdirSync(path, { recursive: true });
    this.#write();
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** Adds to a list of the record. */
  note(list: 'images' | 'registries', value: string): void {
    this.#record = { ...this.#record, [list]: [...this.#record[list], value] };
    this.#write();
  }

  noteClean(): void {
    this.#record = { ...this.#record, isClean: true };
    this.#write();
  }

  /** A folder inside. */
  make(name: string): string {
    const path = join(this.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  #write(): void {
    writeRecord(this.path, this.#record);
  }
}

/** Of rehearsals whose process is gone before they had taken everything away. */
export function abandonedRuns(root = REHEARSALS): { path: string; record: RunRecord }[] {
  const names = readNames(root);
  const runs = names.flatMap((name) => {
    const path = join(root, name);
    const record = readRecord(path);
    return record === undefined ? [] : [{ path, record }];
  });
  return runs.filter(({ record }) => !record.isClean && !isAlive(record.process));
}

/** Whole or not at all, whenever the process is killed. */
export function writeRecord(path: string, record: RunRecord): void {
  const file = join(path, RECORD);
  writeFileSync(`${file}.new`, JSON.stringify(record, null, 2));
  renameSync(`${file}.new`, file);
}

function readNames(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function readRecord(path: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(path, RECORD), 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}
