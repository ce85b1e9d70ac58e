import { readFileSync } from 'node:fs';

interface LockedPackage {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, LockedPackage>;
};
// What puts the image together runs on the machine that builds; what it makes is JavaScript.
const BUNDLER = /^node_modules\/(@esbuild\/|esbuild$)/;
const inProduction = Object.entries(packages).filter(
  ([path, { dev }]) => path !== '' && dev !== true && !BUNDLER.test(path),
);

// The image for arm64 is put together on any machine; see the Dockerfile.
test('what runs in production builds nothing when it is installed', () => {
  const building = inProduction.filter(([, { hasInstallScript }]) => hasInstallScript === true);

  expect(building).toEqual([]);
});

test('what runs in production is the same for every platform', () => {
  const particular = inProduction.filter(([, { os, cpu, libc }]) => os ?? cpu ?? libc);

  expect(particular).toEqual([]);
});

test('nothing is run while the stage of the image’s own platform is built', () => {
  const lastStage = read('Dockerfile')
    .split(/^FROM /m)
    .at(-1);

  expect(lastStage).not.toMatch(/^RUN /m);
});
