/** What is in the image, and what is not. */
import assert from 'node:assert/strict';
import { PROGRAMS, SERVICE_PORT } from '../../contract.ts';
import type { Check } from '../checks.ts';
import { docker } from './docker.ts';

/** Bytes, the base included: a task downloads all of it before it starts. */
const MOST = 250_000_000;

interface Image {
  readonly Size: number;
  readonly Config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly ExposedPorts: object;
    readonly Healthcheck?: object;
    readonly Labels: Readonly<Record<string, string>>;
  };
}

export function contentChecks(image: string): Check[] {
  const [details] = JSON.parse(docker('image', 'inspect', image)) as [Image];
  return [...detailChecks(details), ...fileChecks(filesOf(image))];
}

function detailChecks({ Size, Config }: Image): Check[] {
  return [
    {
      name: `the image is smaller than ${megabytes(MOST)} (${megabytes(Size)})`,
      run: () => assert.ok(Size < MOST, `${megabytes(Size - MOST)} too much`),
    },
    {
      name: 'it says what it is, where it listens and who runs it',
      run: () => {
        const labels = ['title', 'description', 'licenses', 'source', 'revision', 'version'];
        const said = labels.filter((label) => Config.Labels[`org.opencontainers.image.${label}`]);
        assert.deepEqual(said, labels);
        assert.deepEqual(Object.keys(Config.ExposedPorts), [`${SERVICE_PORT}/tcp`]);
        assert.equal(Config.User, 'node');
        assert.equal(Config.Healthcheck, undefined, 'whoever runs it says how it is checked');
      },
    },
    {
      name: 'no variable in it is named like a secret',
      run: () => hasNone(Config.Env, /^\w*(TOKEN|SECRET|PASSWORD|AUTH|KEY)\w*=/i),
    },
  ];
}

/** Programs and their parts, migrations, the parser's WebAssembly, the page of the API. */
const EXPECTED =
  /^(package\.json|static(\/[\w-]+(\.\w+)+)?|service(\/([\w-]+\.js|libpg-query\.wasm|migrations(\/\w+\.sql)?|static(\/logo\.svg)?))?)$/;

function fileChecks({ app, homes }: { app: string[]; homes: string[] }): Check[] {
  return [
    {
      name: 'every program is in it',
      run: () =>
        assert.deepEqual(
          Object.values(PROGRAMS).filter((file) => !app.includes(file)),
          [],
        ),
    },
    {
      name: 'nothing else is in it: no sources, no tests, no packages',
      run: () =>
        assert.deepEqual(
          app.filter((path) => !EXPECTED.test(path)),
          [],
        ),
    },
    {
      name: 'nothing in it has native code',
      run: () => hasNone(app, /\.node$|\/binding\.gyp$/),
    },
    {
      name: 'no configuration of npm is in it, which may hold a token',
      run: () => hasNone([...app, ...homes], /(^|\/)\.npmrc$/),
    },
  ];
}

/** Listed by Node, the one program that the image must have. */
function filesOf(image: string): { app: string[]; homes: string[] } {
  const script = `
    ['/app', '/root', '/home'].map((path) => fs.readdirSync(path, { recursive: true }))
  `;
  const rights = ['--user', '0', '--network', 'none'];
  const [app = [], ...homes] = JSON.parse(
    docker('run', '--rm', ...rights, image, 'node', '-p', `JSON.stringify(${script})`),
  ) as string[][];
  return { app, homes: homes.flat() };
}

function hasNone(texts: readonly string[], pattern: RegExp): void {
  assert.deepEqual(
    texts.filter((text) => pattern.test(text)),
    [],
  );
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}
