/** `npm run call`: one request to an environment's store. */
import { environments } from '../stacks/environments.ts';
import type { Environment } from '../stacks/place.ts';
import { bodyText, remarks } from './call/answer.ts';
import { needsOf } from './call/operation.ts';
import { complete, dataOf, headersOf, send } from './call/request.ts';
import { requireAccount } from './deployment/account.ts';
import { oneEnvironment, runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { find } from './deployment/synthesis.ts';
import { stackOutputs } from './running/stack-outputs.ts';
import { tokenOf } from './token/person.ts';

const USAGE = `Usage: npm run --silent call -- <environment> <METHOD> <path> [--data <json> | @<file> | -]
                    [--header 'name: value']… [--as <email> [--code <digits>]] [--include]

Sends one request to the store. The body of the answer goes to standard output, everything
else beside it:

  npm run --silent call -- dev GET '/v1/products?limit=3'
  npm run --silent call -- dev POST /v1/orders --as ada@example.com --data @order.json

  <environment>  a name of stacks/environments.ts
  <METHOD>       GET, POST, PUT, PATCH or DELETE
  <path>         with its query: /v1/products?limit=3
  --data         the body, as JSON; @<file> takes it from there, - from standard input
  --header       one more header; If-Match says which version is to be changed. May be repeated
  --as           sign in as somebody; password as with npm run token
  --code         the present code of their second factor
  --include      show the answer's headers too
  --help         this text

STORE_TOKEN, an access token, is used without --as. A request that needs an
Idempotency-Key gets a new one, which is told. AWS's usual variables say who you are, such as
AWS_PROFILE; the store's address is read from the states.

Exits with 0 when the status is below 400, 1 when it is not or nobody answered, 64 when the
arguments are wrong, 130 after Ctrl-C.
`;

const OPTIONS = {
  data: { type: 'string' },
  header: { type: 'string', multiple: true },
  as: { type: 'string' },
  code: { type: 'string' },
  include: { type: 'boolean', default: false },
} as const;

const FIRST_FAILURE = 400;

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'call',
    usage: USAGE,
    options: OPTIONS,
    afterInterruption: 'the request may have been sent',
    run: async ({ values, positionals: [name, method = '', path = '', ...others] }) => {
      const { environment } = find(environments, oneEnvironment(name === undefined ? [] : [name]));
      if (path === '' || others.length > 0) throw new WrongUse('a METHOD and a path are needed');
      // Repeated, it is a list; the types of the frame know single values only.
      const header = (values.header ?? []) as readonly string[];
      return call(environment, { ...values, header, method: method.toUpperCase(), path });
    },
  });
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly data: string | undefined;
  readonly header: readonly string[];
  readonly as: string | undefined;
  readonly code: string | undefined;
  readonly include: boolean;
}

async function call(environment: Environment, asked: Call): Promise<number> {
  const { method, path, include } = asked;
  const needs = needsOf(method, path);
  const headers = headersOf(asked.header);
  const made = complete(headers, needs.headers);
  await requireAccount(environment);
  const door = String((await stackOutputs(environment, 'service'))['service_url']);
  await addToken(headers, environment, asked);
  const data = await dataOf(asked.data, headers, needs.contentType);
  const isSeen = door.startsWith('http:') && headers.has('authorization');
  const seen = isSeen ? [`the token crosses the net in the clear: ${door} is plain HTTP`] : [];
  for (const line of [...made, ...seen]) console.error(line);
  const answer = await send(new URL(path, door), { method, headers, data });
  const lines = remarks(answer, { door, name: environment.name, include });
  for (const line of lines) console.error(line);
  if (answer.body !== '') console.log(bodyText(answer, process.stdout.isTTY));
  return answer.status < FIRST_FAILURE ? 0 : 1;
}

async function addToken(headers: Headers, environment: Environment, { as, code, data }: Call) {
  if (headers.has('authorization')) return;
  const given = process.env['STORE_TOKEN'] ?? '';
  const isInputTaken = data === '-';
  const token =
    as === undefined ? given : await tokenOf(environment, { email: as, code, isInputTaken });
  if (token !== '') headers.set('authorization', `Bearer ${token}`);
}
