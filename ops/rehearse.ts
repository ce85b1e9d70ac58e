/** `npm run rehearse`: the whole deployment on an emulated AWS, with real containers and traffic. */
import { environments } from '../stacks/environments.ts';
import { runCommand } from './deployment/command.ts';
import { Refusal, WrongUse } from './deployment/refusal.ts';
import { cleanAbandoned } from './rehearse/clean.ts';
import { conduct } from './rehearse/conduct.ts';
import { privateEndpoint } from './rehearse/endpoint.ts';
import { EmulatorCrashed } from './rehearse/ground.ts';
import { type Options, type StepName, STEPS } from './rehearse/run.ts';

const USAGE = `Usage: npm run rehearse [-- <environment> … [options]]
       npm run rehearse -- clean

Tries a deployment from nothing to nothing without an AWS account: an emulated AWS on this
machine, real Terraform, the real image as tasks, a real PostgreSQL, real requests. Stands
the environment up, plans again, runs the integration tests, releases under load, kills a
task, lets bad releases fail, takes permissions away, destroys all of it, and reports.

  <environment>    names of stacks/environments.ts, one after the other; dev by default
  clean            remove what killed rehearsals have left; each rehearsal begins with it
  --keep           leave all of it up at the end, until Ctrl-C
  --only <step>    one step and what it needs: ${STEPS.slice(0, 5).join(', ')},
                   ${STEPS.slice(5).join(', ')}
  --no-traffic     without integration tests and steady load
  --deploy-first   npx cdktf deploy of everything, then the release
  --endpoint <url> an emulated AWS that runs already, at a loopback or private address
  --json <file>    the report as JSON there too
  --help           this text

Needs Terraform, Python 3.10 and, but for the control plane alone, Docker. What it writes is
in .data/rehearsals/. Two at once do not meet: each has its own ports, network and names.

Exits with 0 when every check passed, 1 when one failed, 64 when the arguments are wrong,
130 after Ctrl-C.
`;

const OPTIONS = {
  keep: { type: 'boolean', default: false },
  only: { type: 'string' },
  'no-traffic': { type: 'boolean', default: false },
  'deploy-first': { type: 'boolean', default: false },
  endpoint: { type: 'string' },
  json: { type: 'string' },
} as const;

type Given = Parameters<Parameters<typeof runCommand<typeof OPTIONS>>[0]['run']>[0];

async function run(given: Given): Promise<number> {
  const { positionals } = given;
  if (positionals[0] === 'clean') return clean(positionals);
  const names = positionals.length === 0 ? ['dev'] : positionals;
  const wanted = names.map((name) => readOptions(name, given));
  let isGreen = true;
  for (const options of wanted) isGreen = (await conducted(options)) && isGreen;
  return isGreen ? 0 : 1;
}

/** @throws WrongUse */
function readOptions(environment: string, { values }: Given): Options {
  const { keep, only, endpoint, json } = values;
  if (!Object.hasOwn(environments, environment)) {
    const known = Object.keys(environments).join(', ');
    throw new WrongUse(`there is no environment '${environment}', but ${known}`);
  }
  if (only !== undefined && !isStep(only)) {
    throw new WrongUse(`--only must be one of ${STEPS.join(', ')}, not ${only}`);
  }
  return {
    environment,
    keep,
    traffic: !values['no-traffic'],
    deployFirst: values['deploy-first'],
    ...(only !== undefined && { only }),
    ...(endpoint !== undefined && { endpoint: privateEndpoint(endpoint) }),
    ...(json !== undefined && { json }),
  };
}

function isStep(text: string): text is StepName {
  return STEPS.some((step) => step === text);
}

async function conducted(options: Options): Promise<boolean> {
  try {
    return await conduct(options);
  } catch (error) {
    if (error instanceof EmulatorCrashed) throw new Refusal(error.message, { cause: error });
    throw error;
  }
}

async function clean([, ...others]: readonly string[]): Promise<number> {
  if (others.length > 0) throw new WrongUse(`clean takes nothing, not ${others.join(' ')}`);
  const lines = await cleanAbandoned();
  console.log(lines.length === 0 ? 'no rehearsal has left anything' : lines.join('\n'));
  return 0;
}

if (import.meta.main) {
  process.exitCode = await runCommand({ name: 'rehearse', usage: USAGE, options: OPTIONS, run });
}
