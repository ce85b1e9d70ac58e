/**
 * Adds to package-lock.json the platform packages that npm left out because the registry it asked
 * did not have them (a mirror may lack other platforms' binaries). Without them `npm ci` calls the
 * lockfile out of date. Run after every change of dependencies: `node ops/fill-lock.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockedPackage {
  version: string;
  dev?: boolean;
  optionalDependencies?: Record<string, string>;
  [field: string]: unknown;
}
interface Lockfile {
  packages: Record<string, LockedPackage>;
}

const LOCKFILE = new URL('../package-lock.json', import.meta.url);

const lockfile = JSON.parse(readFileSync(LOCKFILE, 'utf8')) as Lockfile;
const count = fill(lockfile);
writeFileSync(LOCKFILE, `${JSON.stringify(lockfile, null, 2)}\n`);
console.log(`package-lock.json: ${count} platform packages added`);

function fill({ packages }: Lockfile): number {
  let added = 0;
  for (const parent of Object.values(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      // An exact version names a platform's binary; a range is an ordinary optional dependency.
      if (packages[path] !== undefined || !/^\d+\.\d+\.\d+/.test(version)) continue;
      packages[path] = { version, ...(parent.dev === true && { dev: true }), ...platform(name) };
      added += 1;
    }
  }
  lockfile.packages = Object.fromEntries(
    Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  return added;
}

/** What npm must know of `@scope/binding-linux-arm64-musl` to leave it out elsewhere. */
function platform(name: string): Record<string, unknown> {
  const words = name.split(/[/-]/);
  const os = words.find((word) => /^(android|darwin|freebsd|linux|openharmony|win32)$/.test(word));
  const cpu = words.find((word) => /^(arm|arm64|ia32|loong64|ppc64|riscv64|s390x|x64)$/.test(word));
  if (os === undefined || cpu === undefined) throw new Error(`no platform in the name ${name}`);
  const libc = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };
  const flavour = Object.entries(libc).find(([word]) => words.includes(word))?.[1];
  return {
    cpu: [cpu],
    ...(flavour !== undefined && { libc: [flavour] }),
    optional: true,
    os: [os],
  };
}
