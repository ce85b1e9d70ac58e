import { readFileSync } from 'node:fs';

interface Lockfile {
  readonly packages: Record<string, { resolved?: string; integrity?: string }>;
}
interface Manifest {
  readonly dependencies: Record<string, string>;
}

const { packages } = read('package-lock.json') as Lockfile;
const { dependencies } = read('package.json') as Manifest;
const { dependencies: store } = read('../../../package.json') as Manifest;

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

test('the versions of the peers are exact', () => {
  const ranges = Object.entries(dependencies).filter(
    ([name, version]) => packages[`node_modules/${name}`] === undefined || !/^\d/.test(version),
  );

  expect(ranges).toEqual([]);
});

test('what the store uses too has the same version there', () => {
  const both = Object.keys(dependencies).filter((name) => store[name] !== undefined);

  expect(both).toContain('pg');
  expect(both.map((name) => [name, dependencies[name]])).toEqual(
    both.map((name) => [name, store[name]]),
  );
});

test('no package names the host it came from, each has its checksum', () => {
  const { '': itself, ...installed } = packages;
  const wrong = Object.entries(installed).filter(
    ([, { resolved, integrity }]) => resolved !== undefined || integrity === undefined,
  );

  expect(itself).toBeDefined();
  expect(wrong).toEqual([]);
});
