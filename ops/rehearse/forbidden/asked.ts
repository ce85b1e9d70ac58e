/** Asks for everything that is forbidden, with the roles' own keys, and the evaluator. */
import { docker } from '../../emulator/containers/engine.ts';
import { may } from '../../permissions/ask.ts';
import type { MadeNames } from '../../permissions/made-names.ts';
import type { Environment } from '../../../stacks/place.ts';
import type { ForbiddenCall } from './call.ts';
import { forbiddenCalls } from './calls.ts';
import type { Keys, PipelineRoles } from '../pipeline-roles.ts';
import { runningTasks } from '../tasks.ts';

export interface Refused {
  /** Calls times roles that the evaluator was asked about. */
  readonly evaluated: number;
  /** Those that the emulated AWS was asked too. */
  readonly asked: number;
  /** A line for each that was allowed. */
  readonly allowed: readonly string[];
}

/** @param names what AWS has made, by what the stacks call it */
export async function askForbidden(roles: PipelineRoles, names: MadeNames): Promise<Refused> {
  const { environment } = roles;
  const made = new Map([...names].map(([arn, named]) => [named, arn]));
  const real = (arn: string) => made.get(arn) ?? arn;
  const keys = await keysOf(roles);
  const cases = forbiddenCalls(environment).flatMap((call) =>
    call.roles.map((role) => ({ call, role })),
  );
  const evaluated = cases.flatMap(({ call, role }) => evaluate(roles, role, call));
  const asked = await Promise.all(
    cases.flatMap(({ call: { ask, action, resource }, role }) => {
      const own = keys.get(role);
      if (ask === undefined || own === undefined) return [];
      return [
        isRefused(ask(settingsWith(own, environment), real)).then((outcome) => ({
          outcome,
          text: `${role}: ${action} on ${resource}`,
        })),
      ];
    }),
  );
  const wrong = asked.filter(({ outcome }) => outcome !== 'refused');
  return {
    evaluated: cases.length,
    asked: asked.length,
    allowed: [
      ...evaluated,
      ...wrong.map(({ outcome, text }) => `${text}: the emulated AWS ${outcome}`),
    ],
  };
}

/** Of the pipelines, and of a task of the service that runs. */
async function keysOf(roles: PipelineRoles): Promise<ReadonlyMap<string, Keys>> {
  const [plan, apply, service] = await Promise.all([
    roles.comeIn('plan'),
    roles.comeIn('apply'),
    keysOfService(roles.environment),
  ]);
  return new Map([
    ['plan', plan],
    ['apply', apply],
    ['service', service],
  ]);
}

/** ECS tells them to the task alone; here its container's engine knows them. */
async function keysOfService(environment: Environment): Promise<Keys> {
  const [task] = await runningTasks(environment);
  const id = task?.containers?.[0]?.runtimeId ?? '';
  const lines = await docker(
    'inspect',
    '--format',
    '{{range .Config.Env}}{{println .}}{{end}}',
    id,
  );
  const pairs = lines.split('\n').map((line) => {
    const [name = '', ...value] = line.split('=');
    return [name, value.join('=')] as const;
  });
  return Object.fromEntries(pairs.filter(([name]) => name.startsWith('AWS_')));
}

function settingsWith(keys: Keys, { region }: Environment): object {
  return {
    region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: keys['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: keys['AWS_SECRET_ACCESS_KEY'] ?? '',
      sessionToken: keys['AWS_SESSION_TOKEN'] ?? '',
    },
  };
}

async function isRefused(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'did it';
  } catch (error) {
    const { name, message } = error as Error;
    return /AccessDenied/.test(name) ? 'refused' : `let it through (${name}: ${message})`;
  }
}

function evaluate({ environment, permissions }: PipelineRoles, name: string, call: ForbiddenCall) {
  const { action, resource, context } = call;
  const role = permissions.roles.find((each) => each.name === `${environment.prefix}-${name}`);
  const what = `${name}: ${action} on ${resource}`;
  if (role === undefined) return [`${what}: no stack makes that role`];
  const { allowed } = may(permissions, role, { action, resource, ...(context && { context }) });
  return allowed ? [`${what}: the stacks allow it`] : [];
}
