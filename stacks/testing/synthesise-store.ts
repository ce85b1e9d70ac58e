/** Whole environments as `node main.ts` writes them, references between stacks included. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import type { Environment } from '../place.ts';
import { addStore } from '../store.ts';
import type { Synthesised } from './synthesise.ts';

/** Every stack by its name. */
export function synthesiseStore(...environments: readonly Environment[]): Map<string, Synthesised> {
  const app = Testing.app();
  addStore(app, environments);
  app.synth();
  return new Map(
    Object.entries(app.manifest.stacks).map(([name, { synthesizedStackPath }]) => [
      name,
      { ...NOTHING, ...read(join(app.outdir, synthesizedStackPath)) },
    ]),
  );
}

/** A stack without data sources or outputs does not say so. */
const NOTHING: Synthesised = { terraform: {}, provider: {}, data: {}, resource: {}, output: {} };

function read(file: string): Partial<Synthesised> {
  return JSON.parse(readFileSync(file, 'utf8')) as Partial<Synthesised>;
}

export interface Made {
  readonly stack: string;
  readonly type: string;
  /** Where it is in the program: `dev-network/vpc/private-a`. */
  readonly path: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Every resource of every stack. */
export function allResources(stacks: ReadonlyMap<string, Synthesised>): Made[] {
  return [...stacks].flatMap(([stack, { resource }]) =>
    Object.entries(resource).flatMap(([type, members]) =>
      Object.values(members).map(({ '//': about, ...attributes }) => ({
        stack,
        type,
        path: (about as { metadata: { path: string } }).metadata.path,
        attributes,
      })),
    ),
  );
}
