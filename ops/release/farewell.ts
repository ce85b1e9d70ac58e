import type { EnvironmentStacks } from '../deployment/environment-stacks.ts';

/** What somebody does next: where the store is, where people sign in, a command to try. */
export async function farewell(stacks: EnvironmentStacks): Promise<string> {
  const [service, identity] = await Promise.all([
    stacks.service.outputs(),
    stacks.identity.outputs(),
  ]);
  const { service_url: url } = service as { service_url: string };
  const { login_url: login } = identity as { login_url?: string };
  return [
    '',
    `The store:   ${url}`,
    ...(login === undefined ? [] : [`Sign in:     ${login}`]),
    `Try it:      curl ${url}/v1/products`,
  ].join('\n');
}
