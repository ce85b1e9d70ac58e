/** The images of a rehearsal: the real one, its successor, and three that nobody should release as they are. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT, SERVICE_PORT } from '../../contract.ts';
import type { Commands } from './commands.ts';
import type { RunFolder } from './run-folder.ts';

/** Seconds that one may take to build; the first one installs packages. */
const PATIENCE = 600;

type ImageName = 'first' | 'second' | 'contracting' | 'brokenMigration' | 'neverHealthy';

/** The earlier one where a change of it is rehearsed. */
export type Images = Readonly<Record<ImageName, string>> & { readonly earlier?: string };

const MIGRATIONS = 'service/migrations';

/** A server that lives but is never healthy, and says so. */
const NEVER_HEALTHY = `
console.log('rehearsal: this build is never healthy');
require('node:http').createServer((_, answer) => answer.writeHead(503).end()).listen(${SERVICE_PORT});
process.on('SIGTERM', () => process.exit(0));`;

interface Variant {
  readonly of: ImageName;
  /** What is added to that one. */
  readonly lines: (file: string) => readonly string[];
  readonly file?: { readonly name: string; readonly text: string };
}

/** Later ones know the migrations of earlier ones: a build refuses none that it does not know. */
const VARIANTS = {
  /** Expands the schema; the build before serves on with it. */
  second: {
    of: 'first',
    lines: (file) => [`COPY ${file} ${MIGRATIONS}/`],
    file: {
      name: '9001_rehearsal.sql',
      text: '-- A column that only later builds know.\nALTER TABLE products ADD COLUMN rehearsal text;\n',
    },
  },
  /** Takes away what the build before may still read. */
  contracting: {
    of: 'second',
    lines: (file) => [`COPY ${file} ${MIGRATIONS}/`],
    file: {
      name: '9002_rehearsal.sql',
      text: 'ALTER TABLE products DROP COLUMN rehearsal;\n',
    },
  },
  brokenMigration: {
    of: 'second',
    lines: (file) => [`COPY ${file} ${MIGRATIONS}/`],
    file: {
      name: '9002_rehearsal.sql',
      text: 'ALTER TABLE no_such_table ADD COLUMN rehearsal text;\n',
    },
  },
  neverHealthy: {
    of: 'second',
    lines: (file) => [`COPY ${file} ./`, 'CMD ["node", "/app/never-healthy.cjs"]'],
    file: { name: 'never-healthy.cjs', text: NEVER_HEALTHY },
  },
} as const satisfies Record<Exclude<ImageName, 'first'>, Variant>;

/**
 * Builds all of them, one after the other.
 * @param earlier folder of an earlier version, whose image comes first
 * @returns their tags. @throws CommandFailed
 */
export async function buildImages(
  commands: Commands,
  folder: RunFolder,
  earlier?: string,
): Promise<Images> {
  const tag = (name: string) => `${PROJECT}-rehearsal:${folder.id}-${name.toLowerCase()}`;
  const build = async (name: string, args: readonly string[], input?: string) => {
    folder.note('images', tag(name));
    await commands.run({
      log: 'images',
      args: ['docker', 'build', '--tag', tag(name), ...args],
      limit: PATIENCE,
      ...(input !== undefined && { input }),
    });
    return tag(name);
  };
  const images: Record<string, string> = {
    ...(earlier !== undefined && { earlier: await build('earlier', [earlier]) }),
    first: await build('first', ['.']),
  };
  for (const [name, { of, lines, file }] of Object.entries(VARIANTS)) {
    const context = folder.make(`images/${name}`);
    await writeFile(join(context, file.name), file.text, { mode: 0o644 });
    const dockerfile = [`FROM ${images[of] ?? ''}`, ...lines(file.name), ''].join('\n');
    await writeFile(join(context, 'Dockerfile'), dockerfile);
    images[name] = await build(name, [context]);
  }
  return images as Images;
}
