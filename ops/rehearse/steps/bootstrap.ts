/** Step 2, first half: root makes what the account has once, and the roles that do all the rest. */
import type { Say } from '../../deployment/progress.ts';
import type { Ground } from '../ground.ts';
import { becomeOperator } from '../operator-role.ts';
import { PipelineRoles } from '../pipeline-roles.ts';
import type { Run } from '../run.ts';
import { setVariables } from '../surroundings.ts';
import { whoRuns } from '../whose-commands.ts';

/** Seconds; the provider waits a minute for the bucket's rules alone. */
const PATIENCE = 240;

const STEP = 'bootstrap';

export async function bootstrap(run: Run, ground: Ground, say: Say): Promise<void> {
  const { stacks } = ground;
  const { environment } = stacks;
  await run.checks.keep(STEP, 'bootstrap makes the state’s bucket and the registry', () =>
    run.commands.run({
      log: STEP,
      ...ground.earlier?.command,
      args: [process.execPath, 'ops/bootstrap.ts', environment.name, '--yes'],
      limit: PATIENCE,
      say,
    }),
  );
  // What was released before has no roles of this version: an administrator stands it up.
  if (ground.earlier === undefined) {
    say("the pipelines' roles");
    await run.checks.keep(STEP, "the pipelines' roles let the jobs of a repository in", () =>
      letPipelinesIn(run, ground),
    );
  }
  // From here on nobody is root: IAM decides about each request.
  setVariables(await becomeOperator(environment));
}

/** What pipelines run, they run with their own roles from now on. */
export async function letPipelinesIn({ folder, commands }: Run, ground: Ground): Promise<void> {
  const { stacks } = ground;
  const roles = new PipelineRoles(stacks.environment.name, folder.make('synth/pipelines'));
  await roles.make(stacks);
  const [plan, apply] = await Promise.all([roles.comeIn('plan'), roles.comeIn('apply')]);
  const keys = { plan, apply, operator: {} };
  commands.comeWith((args) => keys[whoRuns(args)]);
  stacks.planner = plan;
  ground.pipelines = roles;
}
