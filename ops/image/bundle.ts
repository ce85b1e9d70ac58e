/** What the image holds: the service's programs and all that they need, as a few files of JavaScript. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PROGRAMS } from '../../contract.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What packages made for `require` expect around them, under names that none of them declares. */
const COMMONJS = [
  "import { createRequire as requireFrom } from 'node:module';",
  'const require = requireFrom(import.meta.url);',
  'const { dirname: __dirname, filename: __filename } = import.meta;',
].join('\n');

/** What is read as files while the service runs, and where the code looks for it. */
const FILES = [
  { from: 'service/database/migrations', to: 'service/migrations' },
  { from: 'node_modules/@fastify/swagger-ui/static', to: 'static' },
  { from: 'node_modules/@fastify/swagger-ui/static/logo.svg', to: 'service/static/logo.svg' },
  { from: 'node_modules/libpg-query/wasm/libpg-query.wasm', to: 'service/libpg-query.wasm' },
  { from: 'package.json', to: 'package.json' },
] as const;

/**
 * Names and lines stay as they are written, so that a stack trace can be read; a comment before each
 * part says which file it was.
 * @param folder where `service/<program>.js` and its files come to lie; made if it is not there
 * @throws Error where something cannot be resolved, or has native code
 */
export async function bundle(folder: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.values(PROGRAMS).map((file) => file.replace(/js$/, 'ts')),
    outdir: join(folder, 'service'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Packages that bring modules are cut down to what is used.
    mainFields: ['module', 'main'],
    // pg asks for it, and does without.
    external: ['pg-native'],
    banner: { js: COMMONJS },
    logLevel: 'warning',
  });
  for (const { from, to } of FILES)
    await cp(join(ROOT, from), join(folder, to), { recursive: true });
}

if (import.meta.main) void bundle(process.argv[2] ?? 'dist');
