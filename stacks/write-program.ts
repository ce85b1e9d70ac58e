/** From environments to files for Terraform, past the guard rails: main.ts and every command go this way. */
import { App, TerraformStack } from 'cdktf';
import { placeLockFiles } from './lock-file.ts';
import type { Environment } from './place.ts';
import { GuardRailError } from './policies/guard-rail-error.ts';
import { POLICIES } from './policies/policies.ts';
import { expired, unneeded } from './policies/waiver-problems.ts';
import { addStore } from './store.ts';
import { waivers } from './waivers.ts';

interface Writing {
  /** Where the files go. @default cdktf.out, or where CDKTF_OUTDIR says */
  readonly outdir?: string;
  /** `2026-11-21`: waivers end. */
  readonly today: string;
}

/** @throws GuardRailError with everything that a policy or a waiver has against it */
export function writeProgram(environments: readonly Environment[], writing: Writing): App {
  const { outdir, today } = writing;
  refuse(expired(waivers, today));
  const app = new App(outdir === undefined ? {} : { outdir });
  addStore(app, environments);
  synthesise(app);
  refuse(unneeded(waivers, app));
  placeLockFiles(app);
  return app;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new GuardRailError(problems);
}

/** cdktf stops at the first stack with errors; whoever mends them wants to see all of them. */
function synthesise(app: App): void {
  try {
    app.synth();
  } catch (error) {
    if (errorsIn(app).length === 0) throw error;
    for (const stack of app.node.findAll().filter((each) => TerraformStack.isStack(each))) {
      for (const policy of POLICIES) policy.visit(stack);
    }
    throw new GuardRailError(errorsIn(app));
  }
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
