import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { synthesise } from './guarded-synthesis.ts';
import { GuardRailError } from './policies/guard-rail-error.ts';
import { StoreStack } from './store-stack.ts';
import { anEnvironment } from './testing/places.ts';
import { add } from './testing/refusal.ts';
import { withVariable } from './testing/variables.ts';

class AnyStack extends StoreStack {
  constructor(app: App, name: string) {
    super(app, anEnvironment(), name);
  }
}

/** Read by cdktf when a stack is made. */
const IN_SPITE_OF_ERRORS = 'CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS';

let outdir: string;
let app: App;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'synthesis-'));
  app = new App({ outdir });
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

/** The first stack is right, the second one is not. */
function addStacks(): void {
  new AnyStack(app, 'right');
  add(new AnyStack(app, 'wrong'), 'aws_subnet', 'it', { map_public_ip_on_launch: true });
}

const refusal = () => {
  try {
    synthesise(app);
  } catch (error) {
    return error;
  }
  return undefined;
};

test.each<readonly [string, () => void]>([
  ['', addStacks],
  [', cdktf being told to go on or not', () => withVariable(IN_SPITE_OF_ERRORS, 'true', addStacks)],
])('nothing of a program with errors is left for Terraform%s', (_, build) => {
  build();

  const error = refusal();

  expect(error).toBeInstanceOf(GuardRailError);
  expect(String(error)).toContain('dev-wrong/it: aws_subnet gets a public address');
  for (const name of ['dev-right', 'dev-wrong']) {
    expect(existsSync(join(outdir, 'stacks', name, 'cdk.tf.json'))).toBe(false);
  }
});

test('a stack without errors is written', () => {
  new AnyStack(app, 'right');

  synthesise(app);

  expect(existsSync(join(outdir, 'stacks/dev-right/cdk.tf.json'))).toBe(true);
});

test('a stack that no policy would judge is refused', () => {
  new AnyStack(app, 'right');
  new TerraformStack(app, 'stranger');

  expect(String(refusal())).toContain(
    'stranger: no policy judges this stack: let its class extend StoreStack',
  );
});

test('what cdktf itself has against a construct comes without a way around it', () => {
  const stack = new AnyStack(app, 'right');
  stack.node.addValidation({ validate: () => ['it is not whole'] });

  const error = refusal();

  expect(error).toBeInstanceOf(GuardRailError);
  expect((error as Error).message).toBe('dev-right: it is not whole');
});
