import { adviceOnRecords } from '../addresses/advice.ts';
import type { EnvironmentStacks } from '../deployment/environment-stacks.ts';

/** What somebody does next: where the store is, where people sign in, a command to try. */
export async function farewell(stacks: EnvironmentStacks): Promise<string> {
  const [service, identity, command] = await Promise.all([
    stacks.service.outputs(),
    stacks.identity.outputs(),
    adviceOnRecords(stacks),
  ]);
  const { service_url: url } = service as { service_url: string };
  const { login_url: login } = identity as { login_url?: string };
  return [
    '',
    `The store:   ${url}`,
    ...(login === undefined ? [] : [`Sign in:     ${login}`]),
    `Try it:      curl ${url}/v1/products`,
    ...(command === undefined ? [] : [`Record it:   ${command}, and commit stacks/addresses`]),
  ].join('\n');
}
