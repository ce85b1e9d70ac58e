/** Where the token comes from: a file, the standard input, or the GitHub job that this runs in. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Environment } from '../../stacks/place.ts';
import { AUDIENCE } from '../../stacks/pipelines/subjects.ts';
import { WrongUse } from '../deployment/refusal.ts';
import { type Check, type Diagnosis, wrong } from './diagnosis.ts';
import { tokenFindings } from './token.ts';

/** Milliseconds. */
const PATIENCE = 10_000;

/** @param given what was said with --token. @returns none outside of a job of GitHub without it */
export function tokenChecks(
  environment: Environment,
  given: string | undefined,
  variables = process.env,
): Check[] {
  const judge = async (token: string) => tokenFindings(token, environment, new Date());
  if (given !== undefined) {
    return [{ what: 'token', look: async () => judge(await readToken(given)) }];
  }
  const url = variables['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
  const bearer = variables['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  if (url !== '' && bearer !== '') {
    return [{ what: 'token', look: async () => judge(await askGitHub(url, bearer)) }];
  }
  if (variables['GITHUB_ACTIONS'] !== 'true') return [];
  return [{ what: 'token', look: async () => [await noToken(variables)] }];
}

async function readToken(given: string): Promise<string> {
  if (given === '-') return text(process.stdin);
  return readFile(given, 'utf8').catch(() => {
    throw new WrongUse(`--token names '${given}', which cannot be read`);
  });
}

async function askGitHub(url: string, bearer: string): Promise<string> {
  const address = new URL(url);
  address.searchParams.set('audience', AUDIENCE);
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await fetch(address, { headers, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`GitHub answers ${answer.status} when it is asked for a token`);
  const { value = '' } = (await answer.json()) as { value?: string };
  return value;
}

/** The job may not ask for one, and there are two reasons for that. */
async function noToken(variables: NodeJS.ProcessEnv): Promise<Diagnosis> {
  if (await isOfFork(variables)) {
    return wrong(
      'token',
      "GitHub gives no token to pull requests of forks, unless the repository's settings send them write tokens: push the branch into this repository, and open it from there",
    );
  }
  return wrong(
    'token',
    "this job may not ask GitHub for a token: write 'permissions: { id-token: write, contents: read }' into the job, and into the workflow that calls it, if one does",
  );
}

interface End {
  readonly repo?: { readonly id?: number } | null;
}

interface Event {
  readonly pull_request?: { readonly head?: End; readonly base?: End };
}

/** From another repository than it goes into, which may be a fork itself. */
async function isOfFork({ GITHUB_EVENT_PATH: path = '' }: NodeJS.ProcessEnv): Promise<boolean> {
  const event = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Event;
  if (event.pull_request === undefined) return false;
  const { head, base } = event.pull_request;
  // One that was deleted meanwhile has no number any more.
  return head?.repo?.id !== base?.repo?.id;
}
