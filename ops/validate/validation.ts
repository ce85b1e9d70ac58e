/** Stacks read by real Terraform, as many at a time as there are processors. */
import { readFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Terraform } from '../terraform/terraform.ts';
import { type Diagnostic, explain } from './diagnostics.ts';

interface Stack {
  readonly name: string;
  readonly folder: string;
}

export interface Result {
  readonly name: string;
  readonly valid: boolean;
  /** Warnings, or why it is not valid. */
  readonly remarks: readonly string[];
  readonly seconds: number;
}

/**
 * @param terraform with a data folder that all stacks share
 * @param report is called for each stack as it is done
 * @throws ProviderOutOfReach, Interrupted
 */
export async function validateAll(
  terraform: Terraform,
  stacks: readonly Stack[],
  report: (result: Result) => void,
): Promise<void> {
  const problems = await initialise(terraform, stacks);
  // The workers share one iterator: each takes the next stack when it is done with its own.
  const queue = stacks.values();
  const worker = async () => {
    for (const stack of queue) {
      const begun = performance.now();
      const problem = problems.get(await requirements(stack)) ?? '';
      const result = problem === '' ? await read(terraform, stack) : refused(problem);
      report({ name: stack.name, ...result, seconds: (performance.now() - begun) / 1000 });
    }
  };
  await Promise.all(Array.from({ length: atOnce() }, worker));
}

/** Terraform and the provider together need up to a gigabyte for a stack. */
function atOnce(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / 2 ** 31)));
}

/**
 * What stacks require of providers is mostly the same, and `init` reads 700 MB to check their
 * sums: once for each difference. One after the other, since two must not fill the cache at once.
 * @returns what Terraform complained about, by requirement
 */
async function initialise(terraform: Terraform, stacks: readonly Stack[]) {
  const problems = new Map<string, string>();
  for (const stack of stacks) {
    const required = await requirements(stack);
    if (problems.has(required)) continue;
    const { code, errors } = await terraform.init(stack.folder, '-backend=false');
    problems.set(required, code === 0 ? '' : errors.trim());
  }
  return problems;
}

async function requirements(stack: Stack): Promise<string> {
  const { terraform } = JSON.parse(await sourceOf(stack)) as { terraform: Required };
  const { required_providers: providers, required_version: version } = terraform;
  const lock = await readFile(join(stack.folder, '.terraform.lock.hcl'), 'utf8');
  return JSON.stringify([providers, version, lock]);
}

interface Required {
  readonly required_providers: unknown;
  readonly required_version: unknown;
}

function sourceOf({ folder }: Stack): Promise<string> {
  return readFile(join(folder, 'cdk.tf.json'), 'utf8');
}

function refused(problem: string) {
  return { valid: false, remarks: [problem] };
}

async function read(terraform: Terraform, stack: Stack) {
  const { output } = await terraform.run(stack.folder, 'validate', '-json');
  const { valid, diagnostics } = JSON.parse(output) as {
    valid: boolean;
    diagnostics: readonly Diagnostic[];
  };
  const source = await sourceOf(stack);
  return { valid, remarks: diagnostics.map((diagnostic) => explain(diagnostic, source)) };
}
