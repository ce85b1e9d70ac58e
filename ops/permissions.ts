/** `npm run permissions`: what each role of an environment may do, and answers to questions. */
import { environments } from '../stacks/environments.ts';
import { loadEnvironments } from '../stacks/environment-rules.ts';
import type { Environment } from '../stacks/place.ts';
import { addStore } from '../stacks/store.ts';
import { Program } from '../stacks/written/program.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { unwrittenApp } from './deployment/unwritten-app.ts';
import { may, type Permissions, permissionsOf, roleCalled } from './permissions/ask.ts';
import { asText, decisionText } from './permissions/layout.ts';
import { type Question, readQuestion } from './permissions/question.ts';

const USAGE = `Usage: npm run permissions -- <environment> [--role <role>] [--json]
       npm run permissions -- <environment> --may <role> <action> <resource>
                              [--with <key>=<value> ...] [--json]

Prints for each role of an environment who takes it on, and what it may do to what under which
conditions, as the stacks say it; or whether a role may do one thing, and what decides. AWS is
not asked.

  <environment>  a name of stacks/environments.ts
  --role         one role alone, by its name or the end of it: service, migration
  --may          followed by a role, an action such as ssm:GetParameter, and an ARN or '*'
  --with         followed by condition keys of the request, such as aws:SecureTransport=true; a
                 key that comes several times has several values
  --json         for programs
  --help         this text

What AWS makes up is written as in the list: arn:aws:kms:...:key/<dev-database/key/key>, and six
question marks at the end of a secret's ARN. An AWS organization's own policies are not seen.

Exits with 0 for the list and for yes, 2 for no, 1 when it cannot be answered from the stacks, 64
when the arguments are wrong.
`;

/** Of an answer: 1 would look like a failure. */
const EXIT_NO = 2;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'permissions',
    usage: USAGE,
    options: {
      role: { type: 'string' },
      may: { type: 'boolean', default: false },
      with: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    run: async ({ values, positionals: [name, ...words] }) => {
      const { role, json } = values;
      const known = oneEnvironment(name === undefined ? [] : [name]);
      const question = questionIn(values, words);
      const { environment, permissions } = read(known);
      if (question !== undefined) return decide(permissions, question, json);
      const roles = role === undefined ? permissions.roles : [roleCalled(permissions, role)];
      console.log(json ? JSON.stringify(roles, null, 2) : asText(roles, environment));
      return 0;
    },
  });
}

interface Asked {
  readonly role: string | undefined;
  readonly may: boolean;
  readonly with: boolean;
}

/** @throws WrongUse */
function questionIn(asked: Asked, words: readonly string[]): Question | undefined {
  if (asked.may && asked.role !== undefined) {
    throw new WrongUse('--role is for the list: --may is followed by its role');
  }
  if (asked.may) return readQuestion(words, asked.with);
  if (words.length > 0 || asked.with) throw new WrongUse('a question begins with --may');
  return undefined;
}

function decide(permissions: Permissions, { role: name, request }: Question, json: boolean) {
  const role = roleCalled(permissions, name);
  const decision = may(permissions, role, request);
  console.log(json ? JSON.stringify(decision, null, 2) : decisionText(decision));
  return decision.allowed ? 0 : EXIT_NO;
}

interface Known {
  readonly environment: Environment;
  readonly permissions: Permissions;
}

/** With all environments' stacks, as they refer to each other. */
function read(name: string): Known {
  const { environment, account } = find(environments, name);
  const app = unwrittenApp();
  addStore(app, loadEnvironments(environments, process.env['STORE_STATE_BUCKET']));
  return { environment, permissions: permissionsOf(Program.of(app), environment, account) };
}
