/** A copy of a role that lacks one permission, and of a task definition that comes with it. */
import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';

interface Policy {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[];
}

export interface Lack {
  readonly region: string;
  /** ARN of the task definition. */
  readonly definition: string;
  /** The task's own role, or the one that starts it. */
  readonly of: 'task' | 'execution';
  /** Such as `ecr:BatchGetImage`. */
  readonly action: string;
}

/** The only policy of roles that the stacks make. */
const POLICY = 'access';

/**
 * What runs meanwhile with the role itself is not disturbed; the copies are taken away again.
 * @param work is told the ARN of the task definition whose role lacks it
 * @throws Error when the role does not have it
 */
export async function withTaskLacking(
  { region, definition, of, action }: Lack,
  work: (definition: string) => Promise<void>,
): Promise<void> {
  const ecs = new ECSClient({ region });
  const question = new DescribeTaskDefinitionCommand({ taskDefinition: definition });
  const { taskDefinition: found } = await ecs.send(question);
  const role = of === 'task' ? found?.taskRoleArn : found?.executionRoleArn;
  await withRoleLacking({ region, role: nameOf(role), action }, async (lacking) => {
    const family = nameOf(lacking);
    const roles = of === 'task' ? { taskRoleArn: lacking } : { executionRoleArn: lacking };
    const register = new RegisterTaskDefinitionCommand({ ...copyOf(found), ...roles, family });
    const { taskDefinition: made } = await ecs.send(register);
    const arn = made?.taskDefinitionArn ?? '';
    try {
      await work(arn);
    } finally {
      await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }));
    }
  });
}

async function withRoleLacking(
  {
    region,
    role,
    action,
  }: { readonly region: string; readonly role: string } & Pick<Lack, 'action'>,
  work: (arn: string) => Promise<void>,
): Promise<void> {
  const iam = new IAMClient({ region });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: role }));
  const { PolicyDocument = '' } = await iam.send(
    new GetRolePolicyCommand({ RoleName: role, PolicyName: POLICY }),
  );
  const lacking = withoutAction(decodeURIComponent(PolicyDocument), action);
  const which = { RoleName: `${role}-without-${nameOf(action.replace(':', '/'))}` };
  const { Role: made } = await iam.send(
    new CreateRoleCommand({
      ...which,
      Path: Role?.Path,
      AssumeRolePolicyDocument: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''),
      PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    }),
  );
  const policy = { ...which, PolicyName: POLICY };
  try {
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: lacking }));
    await work(made?.Arn ?? '');
  } finally {
    await iam.send(new DeleteRolePolicyCommand(policy));
    await iam.send(new DeleteRoleCommand(which));
  }
}

/** What ECS takes to make another one like it. */
function copyOf(definition: TaskDefinition | undefined) {
  return {
    containerDefinitions: definition?.containerDefinitions,
    cpu: definition?.cpu,
    executionRoleArn: definition?.executionRoleArn,
    memory: definition?.memory,
    networkMode: definition?.networkMode,
    requiresCompatibilities: definition?.requiresCompatibilities,
    runtimePlatform: definition?.runtimePlatform,
    taskRoleArn: definition?.taskRoleArn,
    volumes: definition?.volumes,
  };
}

function nameOf(arn = ''): string {
  return arn.split('/').at(-1) ?? '';
}

/** @throws Error when no statement has the action */
export function withoutAction(document: string, action: string): string {
  const policy = JSON.parse(document) as Policy;
  const before = policy.Statement.flatMap(({ Action }) => Action);
  if (!before.includes(action)) throw new Error(`${action} is not granted`);
  const statements = policy.Statement.map((statement) => {
    const actions = [statement.Action].flat();
    return { ...statement, Action: actions.filter((one) => one !== action) };
  });
  return JSON.stringify({
    ...policy,
    Statement: statements.filter(({ Action }) => Action.length > 0),
  });
}
