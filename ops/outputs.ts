/** `npm run outputs`: what an environment's stacks tell, such as the store's address. */
import { environments } from '../stacks/environments.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { asText, type Outputs, readOutputs, valueOf } from './outputs/outputs.ts';

const USAGE = `Usage: npm run outputs -- <environment> [<name> | --json]

Prints what the environment's stacks tell: addresses, names, commands to copy.

  <environment>  a name of stacks/environments.ts
  <name>         one output alone, its value as it is: service_url, or with the stack,
                 migration.log_group, where several stacks have one of that name
  --json         all outputs as one JSON object, by stack; a stack that is not applied is null
  --help         this text

AWS's usual variables say who you are, such as AWS_PROFILE. Nothing is changed.

Exits with 0, with 1 when the outputs cannot be read or there is none of that name, 64 when
the arguments are wrong, 130 after Ctrl-C.
`;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'outputs',
    usage: USAGE,
    options: { json: { type: 'boolean', default: false } },
    run: async ({ values: { json }, positionals: [name, wanted, ...others] }) => {
      const known = oneEnvironment(name === undefined ? [] : [name]);
      if (others.length > 0) {
        throw new WrongUse('one name of an output is expected after the environment, not several');
      }
      if (wanted !== undefined && json) {
        throw new WrongUse('--json is for all outputs: leave it out, or the name of the one');
      }
      const { environment } = find(environments, known);
      await requireAccount(environment);
      const outputs = await readOutputs(environments, environment);
      console.log(show(outputs, wanted, json));
      return 0;
    },
  });
}

function show(outputs: Outputs, wanted: string | undefined, json: boolean): string {
  if (wanted !== undefined) return valueOf(outputs, wanted);
  return json ? JSON.stringify(outputs, null, 2) : asText(outputs);
}
