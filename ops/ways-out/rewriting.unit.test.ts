import { neededPackages, rewritten } from './rewriting.ts';

const source = `import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { App, type TerraformStack } from 'cdktf';
import { setupJest } from 'cdktf/lib/testing/adapters/jest.js';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { Network } from './cdktf.ts';
import {
  Fn,
} from 'cdktf';
`;

test('imports name cdktn, and nothing else changes', () => {
  const result = rewritten(`${source}const kind = '@cdktf/error';\n// from 'cdktf'\n`);

  expect(result).toBe(`import { Vpc } from '@cdktn/provider-aws/lib/vpc/index.js';
import { App, type TerraformStack } from 'cdktn';
import { setupJest } from 'cdktn/lib/testing/adapters/jest.js';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { Network } from './cdktf.ts';
import {
  Fn,
} from 'cdktn';
const kind = '@cdktf/error';
// from 'cdktf'
`);
});

test('what is imported is installed, in the version that the project pins', () => {
  const pinned = { cdktf: '0.21.0', '@cdktf/provider-aws': '21.22.1', constructs: '10.7.2' };

  const packages = neededPackages([source, source], { ...pinned, jest: '30.5.2' });

  expect(packages).toEqual({
    cdktn: expect.stringMatching(/^0\./),
    '@cdktn/provider-aws': expect.stringMatching(/^\d+\./),
    constructs: '10.7.2',
  });
});

test('what only a text says is not imported', () => {
  const text = "const said = `moved from 'typebox' to '${it}'`;";

  expect(neededPackages([text], {})).toEqual({});
  expect(rewritten(text)).toBe(text);
});

test('what the project does not name cannot be installed', () => {
  expect(() => neededPackages(["import { x } from 'typebox/value';"], {})).toThrow(
    'package.json does not name typebox',
  );
});
