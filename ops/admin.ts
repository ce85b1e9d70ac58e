/** `npm run admin`: the first administrator of an environment's shop. */
import { text } from 'node:stream/consumers';
import { environments } from '../stacks/environments.ts';
import { type Administrator, makeAdministrator } from './admin/administrator.ts';
import { generatePassword } from './admin/password.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { Refusal, WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { readOutputs } from './outputs/outputs.ts';

const USAGE = `Usage: npm run admin -- <environment> --email <address>
                    [--print-password | --password-stdin]

Makes somebody an administrator of the shop. Where they have no account yet it is opened,
without a mail, with a generated password that is shown once. An account that is there
keeps its password. It may be run again.

  <environment>     a name of stacks/environments.ts
  --email           whose account
  --print-password  show the password where there is no terminal too, such as in a pipe
  --password-stdin  take the password from standard input instead of generating one
  --help            this text

AWS's usual variables say who you are, such as AWS_PROFILE.

Exits with 0 when they are an administrator, 1 when they are not, 64 when the arguments are
wrong, 130 after Ctrl-C.
`;

const OPTIONS = {
  email: { type: 'string' },
  'print-password': { type: 'boolean', default: false },
  'password-stdin': { type: 'boolean', default: false },
} as const;

interface Choice {
  readonly 'print-password': boolean;
  readonly 'password-stdin': boolean;
}

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'admin',
    usage: USAGE,
    options: OPTIONS,
    run: async ({ values, positionals }) => {
      const { environment } = find(environments, oneEnvironment(positionals));
      if (values['print-password'] && values['password-stdin']) {
        throw new WrongUse(
          '--print-password shows a generated password, --password-stdin takes yours: only one of them',
        );
      }
      const email = addressIn(values.email);
      await requireAccount(environment);
      const { identity } = await readOutputs(environments, environment, ['identity']);
      if (!identity) {
        throw new Refusal(
          `${environment.name} has no user pool yet: npm run release -- ${environment.name}`,
        );
      }
      const administrator = await makeAdministrator({
        region: environment.region,
        userPoolId: String(identity['user_pool_id']),
        email,
        choosePassword: () => choosePassword(values),
      });
      tell(email, administrator, values['password-stdin']);
      for (const line of signingIn(identity)) console.log(line);
      return 0;
    },
  });
}

function addressIn(email = ''): string {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new WrongUse(`--email must be an address such as ada@example.com, not '${email}'`);
  }
  return email;
}

async function choosePassword(choice: Choice): Promise<string> {
  if (choice['password-stdin']) {
    const [password = ''] = (await text(process.stdin)).split(/\r?\n/);
    if (password === '') throw new Refusal('there is no password on standard input');
    return password;
  }
  // It would stay in some log.
  if (!process.stdout.isTTY && !choice['print-password']) {
    throw new Refusal(
      'there is no terminal to show the new password at: add --print-password, or --password-stdin and the password',
    );
  }
  return generatePassword();
}

/** @param isTyped then whoever typed the password knows it */
function tell(email: string, { account, password }: Administrator, isTyped: boolean): void {
  console.log(`${email} is an administrator; the account was ${account}.`);
  if (password === undefined) console.log('It keeps its password.');
  else if (!isTyped) console.log(`Its password, shown only now: ${password}`);
}

function signingIn({ login_url: page, token_command: command }: Record<string, unknown>): string[] {
  const lines: string[] = [];
  if (typeof page === 'string') lines.push(`\nSign in:\n  ${page}`);
  if (typeof command === 'string') {
    const indented = command.replaceAll('\n', '\n  ');
    lines.push(`\nA token for the API, with EMAIL and PASSWORD in the shell:\n  ${indented}`);
  }
  return lines;
}
