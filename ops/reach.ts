/** `npm run reach`: who can reach whom on which port, in the terminal and in docs/reachability.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEnvironments } from '../stacks/environment-rules.ts';
import { environments } from '../stacks/environments.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { Refusal, WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { type Findings, findingsIn } from './reach/findings.ts';
import { pageOf } from './reach/page.ts';
import { asPicture } from './reach/picture.ts';
import { asTable } from './reach/table.ts';

const USAGE = `Usage: npm run reach -- <environment> [--json | --mermaid]
       npm run reach -- --write | --check

Says who can reach whom on which port, and which rules allow it, from the security groups,
routes and public addresses of the environment's stacks. Needs no AWS. It also shows
environments that synthesis refuses.

  <environment>  a name of stacks/environments.ts
  --json         ways, loose ends and problems as one JSON object
  --mermaid      the picture, in Mermaid's language
  --write        writes docs/reachability.md, for all environments
  --check        says whether that file is stale
  --help         this text

Exits with 0, with 1 when a promise is broken, something cannot be judged or the file is
stale, with 64 when the arguments are wrong.
`;

const PAGE = 'docs/reachability.md';
const FILE = fileURLToPath(new URL(`../${PAGE}`, import.meta.url));

/** Characters of a line that go nowhere in particular. */
const PLAIN_WIDTH = 100;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'reach',
    usage: USAGE,
    options: {
      json: { type: 'boolean', default: false },
      mermaid: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
    // It awaits nothing, but commands may.
    run: ({ values, positionals }) => {
      const { json, mermaid, write, check } = values;
      if ([json, mermaid, write, check].filter(Boolean).length > 1) {
        throw new WrongUse('--json, --mermaid, --write and --check exclude each other');
      }
      if (write || check) return Promise.resolve(keepPage(positionals, write));
      const { environment } = find(environments, oneEnvironment(positionals));
      const findings = findingsIn(environment);
      console.log(show(environment.label, findings, { json, mermaid }));
      return Promise.resolve(findings.problems.length === 0 ? 0 : 1);
    },
  });
}

function show(
  name: string,
  findings: Findings,
  wanted: { json: boolean; mermaid: boolean },
): string {
  if (wanted.mermaid) return asPicture(findings);
  if (!wanted.json) return asTable(name, findings, process.stdout.columns || PLAIN_WIDTH);
  const { ways, looseEnds, problems } = findings;
  return JSON.stringify({ environment: name, ways, looseEnds, problems }, null, 2);
}

function keepPage(positionals: readonly string[], write: boolean): number {
  if (positionals.length > 0) throw new WrongUse('the file is for all environments: name none');
  const page = pageOf(loadEnvironments(environments, process.env['STORE_STATE_BUCKET']));
  if (write) writeFileSync(FILE, page);
  if (write || page === present()) return 0;
  throw new Refusal(
    `${PAGE} is stale: run \`npm run reach -- --write\`, look at it, and commit it`,
  );
}

function present(): string {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return '';
  }
}
