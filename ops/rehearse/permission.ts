/** One permission of a role is taken away for a while. */
import { GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';

interface Policy {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[];
}

interface Permission {
  readonly region: string;
  readonly role: string;
  /** Such as `ecr:BatchGetImage`. */
  readonly action: string;
}

/** The only policy of roles that the stacks make. */
const POLICY = 'access';

/** @throws Error when the role does not have it */
export async function without(
  { region, role, action }: Permission,
  work: () => Promise<void>,
): Promise<void> {
  const iam = new IAMClient({ region });
  const which = { RoleName: role, PolicyName: POLICY };
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand(which));
  const whole = decodeURIComponent(PolicyDocument);
  const put = (document: string) =>
    iam.send(new PutRolePolicyCommand({ ...which, PolicyDocument: document }));
  await put(withoutAction(whole, action));
  try {
    await work();
  } finally {
    await put(whole);
  }
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
