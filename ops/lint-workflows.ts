/** `npm run lint:workflows`: what is wrong with .github, by two linters and by rules of our own. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { actionlint, NoGo } from './lint-workflows/actionlint.ts';
import { brokenPromises } from './lint-workflows/promises.ts';
import { zizmor } from './lint-workflows/zizmor.ts';
import { NotInstalled } from './python/installation.ts';

const USAGE = `Usage: npm run lint:workflows

Looks at .github/workflows and .github/dependabot.yml: actionlint (is it valid, are the types of
expressions right), zizmor (what could an attacker use), and our own promises (pins, permissions,
environments, forks; ops/lint-workflows/promises.ts). Nobody on GitHub is asked.

actionlint is built by Go 1.25 or newer from what go.sum pins, zizmor comes from PyPI (Python 3.10 or
newer), each once into .data. Where one cannot be had it is skipped; with CI=true that fails.

Exits with 0 when all is well, 1 when something is wrong, 64 when the arguments are wrong.
`;

const FOLDER = join(import.meta.dirname, '../.github/workflows');

/** What each has to say; nothing when all is well. */
const LINTERS: Readonly<Record<string, () => Promise<string>>> = {
  actionlint,
  zizmor,
  'our own promises': async () => (await brokenPromises(FOLDER)).join('\n'),
};

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'lint:workflows',
    usage: USAGE,
    options: {},
    run: async ({ positionals }) => {
      if (positionals.length > 0) throw new WrongUse(`it takes no ${positionals.join(' ')}`);
      const files = (await readdir(FOLDER)).length;
      const count = { passed: 0, failed: 0, skipped: 0 };
      for (const [name, lint] of Object.entries(LINTERS)) {
        const { outcome, text } = await judge(lint);
        count[outcome] += 1;
        console.log(`${outcome.padEnd(7)}  ${name}, ${files} workflows${text}`);
      }
      const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
      console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
      return count.failed === 0 ? 0 : 1;
    },
  });
}

async function judge(lint: () => Promise<string>) {
  try {
    const said = await lint();
    return { outcome: said === '' ? 'passed' : 'failed', text: said && `\n${said}` } as const;
  } catch (error) {
    if (!(error instanceof NotInstalled || error instanceof NoGo)) throw error;
    const outcome = process.env['CI'] === 'true' ? 'failed' : 'skipped';
    return { outcome, text: `: ${error.message}` } as const;
  }
}
