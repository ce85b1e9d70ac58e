import { readFile } from 'node:fs/promises';
import { WrongUse } from '../deployment/refusal.ts';

/** @param given by hand; otherwise the one that the job runs for. @throws WrongUse */
export async function pullRequestOf(given: string | undefined): Promise<number> {
  const text = given ?? String((await eventOfJob())?.pull_request?.number ?? '');
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new WrongUse(`the number of a pull request is needed, not '${text}': --pull-request 12`);
}

interface Event {
  readonly pull_request?: { readonly number: number };
}

async function eventOfJob(): Promise<Event | undefined> {
  const file = process.env['GITHUB_EVENT_PATH'] ?? '';
  return file === '' ? undefined : (JSON.parse(await readFile(file, 'utf8')) as Event);
}
