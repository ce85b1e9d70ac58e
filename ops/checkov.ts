/** `npm run checkov`: what checkov has against the stacks, but for what is waived. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environments } from '../stacks/environments.ts';
import { moves } from '../stacks/moves.ts';
import { waivers } from '../stacks/waivers.ts';
import { baseline, judge } from './checkov/judgement.ts';
import { reportOf, show } from './checkov/report.ts';
import { checkovsPython, isCleanBut, scan } from './checkov/scan.ts';
import { writeStacks } from './checkov/stacks.ts';
import { runCommand } from './deployment/command.ts';
import { dataFolder } from './deployment/data-folder.ts';
import { WrongUse } from './deployment/refusal.ts';
import { NotInstalled } from './python/installation.ts';
import { refuseMalformed } from './waivers/problems.ts';

const USAGE = `Usage: npm run checkov -- [--json]

Lets checkov, a scanner that many know, look at all stacks, freshly synthesised: those of the
table, and the first environment once with everything off and once with everything on. A finding
is mended, or waived in stacks/waivers.ts. A waiver whose check finds nothing fails too.

  --json   findings, waivers and counts for programs
  --help   this text

checkov comes from PyPI, once, into .data (300 MB, less than a minute; Python 3.11 or newer). It
asks nobody. What it read and the waivers as its own skips are left in .data/checkov-stacks:

  cd .data/checkov-stacks
  ../checkov/bin/python -m checkov.main -d . --framework terraform_json --baseline waived.json

Exits with 0 when all is well or waived, or when there is no Python for it (with CI=true that is
1); 1 when there is a finding, or a check could not run, 64 when the arguments are wrong, 130 after Ctrl-C.
`;

/** checkov's skips; not *.tf.json, which it would read as a stack. */
const BASELINE = 'waived.json';

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'checkov',
    usage: USAGE,
    options: { json: { type: 'boolean', default: false } },
    run: async ({ values: { json }, positionals }) => {
      if (positionals.length > 0) throw new WrongUse(`it takes no ${positionals.join(' ')}`);
      refuseMalformed(waivers, new Date().toISOString().slice(0, 10));
      try {
        await checkovsPython();
      } catch (error) {
        if (!(error instanceof NotInstalled)) throw error;
        return skip(error.message);
      }
      return check(json);
    },
  });
}

async function check(json: boolean): Promise<number> {
  const folder = dataFolder('checkov-stacks');
  const stacks = await writeStacks(environments, folder);
  const scanned = await scan(folder, stacks);
  const judgement = judge(scanned.findings, waivers, moves);
  await writeFile(join(folder, BASELINE), JSON.stringify(baseline(judgement.findings), null, 2));
  const isClean = judgement.findings.every(({ waiver }) => waiver !== undefined);
  // Where a finding is left, checkov alone would only say so again.
  const agrees = isClean ? await isCleanBut(folder, BASELINE) : undefined;
  const report = reportOf(scanned, judgement, agrees);
  console.log(json ? JSON.stringify(report, null, 2) : show(report));
  return report.failed === 0 ? 0 : 1;
}

function skip(reason: string): number {
  const inCi = process.env['CI'] === 'true';
  console.log(`skipped: ${reason}${inCi ? '. In CI it must run.' : ''}`);
  console.log('0 passed, 0 failed, 1 skipped');
  return inCi ? 1 : 0;
}
