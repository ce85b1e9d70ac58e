/** From constructs to files: nothing is left behind that a guard rail has something against. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type App, TerraformStack } from 'cdktf';
import { GuardRailError } from './policies/guard-rail-error.ts';
import { POLICIES } from './policies/policies.ts';
import { StoreStack } from './store-stack.ts';

/** @throws GuardRailError with everything that is wrong with any stack of the program */
export function synthesise(app: App): void {
  const strangers = stacksOf(app).filter((stack) => !(stack instanceof StoreStack));
  if (strangers.length > 0) {
    throw new GuardRailError(
      strangers.map(
        ({ node }) => `${node.path}: no policy judges this stack: let its class extend StoreStack`,
      ),
    );
  }
  try {
    app.synth();
  } catch (error) {
    // cdktf stops at the first stack with errors; whoever mends them wants to see all of them.
    for (const stack of stacksOf(app)) for (const policy of POLICIES) policy.visit(stack);
    const problems = [...errorsIn(app), ...invalidIn(app)];
    throw problems.length === 0 ? error : refusal(app, problems);
  }
  // A variable of the environment tells cdktf to write in spite of errors.
  const problems = errorsIn(app);
  if (problems.length > 0) throw refusal(app, problems);
}

/** Takes away what was written before or in spite of it: nobody shall apply one half. */
function refusal({ outdir, manifest }: App, problems: readonly string[]): GuardRailError {
  for (const { synthesizedStackPath } of Object.values(manifest.stacks)) {
    rmSync(join(outdir, synthesizedStackPath), { force: true });
  }
  return new GuardRailError(problems);
}

function stacksOf({ node }: App): TerraformStack[] {
  return node.findAll().filter((each) => TerraformStack.isStack(each));
}

/** Each once, with the path of its construct. */
function errorsIn({ node }: App): string[] {
  const errors = node
    .findAll()
    .flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === '@cdktf/error')
        .map(({ data }) => `${construct.node.path}: ${String(data)}`),
    );
  return [...new Set(errors)];
}

/** What constructs say of themselves, without cdktf's advice to ask no more. */
function invalidIn({ node }: App): string[] {
  return node
    .findAll()
    .flatMap((construct) =>
      construct.node.validate().map((problem) => `${construct.node.path}: ${problem}`),
    );
}
