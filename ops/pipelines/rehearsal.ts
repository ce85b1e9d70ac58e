/** The first screen of a rehearsal's report, for a comment. */
import { readFile, writeFile } from 'node:fs/promises';
import { runCommand } from '../deployment/command.ts';
import { WrongUse } from '../deployment/refusal.ts';
import type { Report } from '../rehearse/report.ts';
import { summaryOf } from './rehearsal-summary.ts';
import { summarise } from './step.ts';

const USAGE = `Usage: node ops/pipelines/rehearsal.ts --json <file> --out <file>

Writes what a rehearsal found as a few lines of Markdown, and puts them on the page of the run.

  --json <file>  what npm run rehearse -- --json has written; without it there was nothing to do
  --out <file>   Markdown
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'rehearsal',
    usage: USAGE,
    options: { json: { type: 'string' }, out: { type: 'string' } },
    run: async ({ values: { json, out } }) => {
      if (json === undefined || out === undefined)
        throw new WrongUse('--json and --out are needed');
      const text = await readFile(json, 'utf8').catch(() => undefined);
      const summary = summaryOf(text === undefined ? undefined : (JSON.parse(text) as Report));
      await writeFile(out, summary);
      await summarise(summary);
      return 0;
    },
  });
}
