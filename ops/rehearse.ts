/** `npm run rehearse`: the whole deployment on an emulated AWS, with real containers and traffic. */
import { environments } from '../stacks/environments.ts';
import { runCommand } from './deployment/command.ts';
import { Refusal } from './deployment/refusal.ts';
import { cleanAbandoned } from './rehearse/clean.ts';
import { conduct } from './rehearse/conduct.ts';
import { EmulatorCrashed } from './rehearse/ground.ts';
import { type EarlierCommit, findCommit, isUnchanged, LANDED } from './rehearse/earlier-commit.ts';
import { type Given, readOptions, refuseOthers } from './rehearse/options.ts';
import { type Options, STEPS } from './rehearse/run.ts';

const USAGE = `Usage: npm run rehearse [-- <environment> … [options]]
       npm run rehearse -- clean

Tries a deployment from nothing to nothing without an AWS account: an emulated AWS on this
machine, real Terraform, the real image as tasks, a real PostgreSQL, real requests. Stands
the environment up, plans again, runs the integration tests, releases under load, kills a
task, lets bad releases fail, takes permissions away, destroys all of it, and reports.

  <environment>    names of stacks/environments.ts, one after the other; dev by default.
                   Not one with a domain (nothing answers HTTPS), not one whose data may not
                   be lost (destroy refuses it), not production (it gets no demo)
  clean            remove what killed rehearsals have left; each rehearsal begins with it
  --keep           leave all of it up at the end, until Ctrl-C; its keys last an hour
  --only <step>    one step and what it needs: ${STEPS.slice(0, 5).join(', ')},
                   ${STEPS.slice(5).join(', ')}
  --no-traffic     without integration tests and steady load
  --deploy-first   npx cdktf deploy of everything, then the release
  --from <commit>  stand that version up with its own code, then plan and release what is here
                   under load: what holds data must stay, and no request may be lost. A branch,
                   a tag, HEAD~3; landed: STORE_LANDED, where this branch left origin's main,
                   or the last change of docs/rehearsal-report.md before something to deploy
  --endpoint <url> an emulated AWS that runs already, at a loopback or private address: one of
                   a rehearsal with --keep, since others lack what we have added
  --json <file>    the report as JSON there too
  --help           this text

Needs Terraform, Python 3.10 and, but for the control plane alone, Docker on Linux. What it writes is
in .data/rehearsals/. Two at once do not meet: each has its own ports, network and names.

Exits with 0 when every check passed, 1 when one failed, 64 when the arguments are wrong,
130 after Ctrl-C.
`;

const OPTIONS = {
  keep: { type: 'boolean', default: false },
  only: { type: 'string' },
  'no-traffic': { type: 'boolean', default: false },
  'deploy-first': { type: 'boolean', default: false },
  from: { type: 'string' },
  endpoint: { type: 'string' },
  json: { type: 'string' },
} as const;

async function run(given: Given): Promise<number> {
  if (given.positionals[0] === 'clean') return clean(given);
  const { from: name } = given.values;
  const from = name === undefined ? undefined : await changeOf(name);
  let isGreen = true;
  for (const options of readOptions(environments, given, from)) {
    isGreen = (await conducted(options)) && isGreen;
  }
  return isGreen ? 0 : 1;
}

/** @returns undefined where what landed last is what is here: that comes from nothing */
async function changeOf(name: string): Promise<EarlierCommit | undefined> {
  const from = await findCommit(name);
  if (name !== LANDED || !(await isUnchanged(from))) return from;
  console.log(
    `nothing that is deployed has changed since ${from.commit}: it is stood up from nothing`,
  );
  return undefined;
}

async function conducted(options: Options): Promise<boolean> {
  try {
    return await conduct(options);
  } catch (error) {
    if (error instanceof EmulatorCrashed) throw new Refusal(error.message, { cause: error });
    throw error;
  }
}

async function clean(given: Given): Promise<number> {
  refuseOthers(given);
  const lines = await cleanAbandoned();
  console.log(lines.length === 0 ? 'no rehearsal has left anything' : lines.join('\n'));
  return 0;
}

if (import.meta.main) {
  const code = await runCommand({
    name: 'rehearse',
    usage: USAGE,
    options: OPTIONS,
    afterInterruption: 'all that it had started is taken away',
    run,
  });
  // A step that failed may have left a socket or a timer; whoever waits gets the end all the same.
  process.stdout.write('', () => process.exit(code));
}
