/** `npm run ways-out`: proves that one can leave cdktf, which is archived (docs/decisions/0001). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './deployment/command.ts';
import { Progress } from './deployment/progress.ts';
import { Refusal, WrongUse } from './deployment/refusal.ts';
import { NoEmulator } from './emulator/installation.ts';
import { ProviderOutOfReach } from './terraform/registry.ts';
import { Interrupted, NoTerraform } from './terraform/terraform.ts';
import { synthesise } from './validate/synthesis.ts';
import { cdktn } from './ways-out/cdktn.ts';
import { OutOfReach } from './ways-out/out-of-reach.ts';
import { terraformAlone } from './ways-out/terraform-alone.ts';
import type { Proof, Way } from './ways-out/way.ts';

const USAGE = `Usage: npm run ways-out

Proves both ways out of cdktf, in a temporary folder:

  cdktn            the program with the imports of the fork, which npm installs there,
                   synthesises the same files, and its types accept it
  Terraform alone  what is synthesised is planned, and the network applied, by Terraform on
                   an emulated AWS, with a PATH on which there is no Node

  --help           this text

Nothing in the project is changed, and no AWS is asked.

Exits with 0 when all holds, or could not be tried because npm's registry, Terraform, its
provider or the emulator is missing (with CI=true that is 1); 1 when something does not
hold, 64 when the arguments are wrong, 130 after Ctrl-C.
`;

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'ways-out',
    usage: USAGE,
    options: {},
    afterInterruption: 'nothing is left behind',
    run: async ({ positionals }) => {
      if (positionals.length > 0) throw new WrongUse(`it takes no ${positionals.join(' ')}`);
      const folder = await mkdtemp(join(tmpdir(), 'ways-out-'));
      try {
        const count = await proveAll(folder, [cdktn, terraformAlone]);
        const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
        console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
        return count.failed === 0 ? 0 : 1;
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  });
}

/** @throws Refusal when the program itself is broken, Interrupted */
async function proveAll(folder: string, ways: readonly Way[]): Promise<Count> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  const synthesised = join(folder, 'cdktf');
  const problem = await synthesise(synthesised);
  if (problem !== undefined) throw new Refusal(`the program cannot be synthesised:\n${problem}`);
  const progress = new Progress();
  const check: Proof['check'] = async (promise, work) => {
    await progress.step(promise, work);
    count.passed += 1;
  };
  for (const way of ways) {
    try {
      await way.prove({ folder: join(folder, way.name.replaceAll(' ', '-')), synthesised, check });
    } catch (error) {
      tell(way, error, count);
    }
  }
  return count;
}

function tell({ name }: Way, error: unknown, count: Count): void {
  if (error instanceof Interrupted) throw error;
  const { message } = error as Error;
  const kinds = [OutOfReach, NoTerraform, ProviderOutOfReach, NoEmulator];
  if (kinds.some((kind) => error instanceof kind) && process.env['CI'] !== 'true') {
    count.skipped += 1;
    console.log(`skipped: ${name}: ${message}`);
    return;
  }
  count.failed += 1;
  console.log(`FAILED: ${name} is no way out as it is:\n${message}`);
}
