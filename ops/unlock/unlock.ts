/** Frees a lock that a killed run left: shown first, agreed to by name, and only that very one. */
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Refusal } from '../deployment/refusal.ts';
import { lockHolder } from '../status/lock-holder.ts';
import { ago } from '../status/finding.ts';
import { type Holder, holderOf } from './holder.ts';
import type { Lock } from './locks.ts';

/** Minutes: somebody may just have begun, or may still be seen to be at work. */
const YOUNG = 10;

export interface Terms {
  /** Whether somebody has seen the holder end, and takes a young lock too. */
  readonly holderIsDead: boolean;
  /** @throws Refusal, Interrupted when nobody agrees */
  readonly agree: (question: string) => Promise<void>;
  /** Is told what a person must see. */
  readonly say: (line: string) => void;
}

/** @returns what is to be done next. @throws Refusal, Interrupted: then nothing was deleted */
export async function unlock(lock: Lock, terms: Terms): Promise<string> {
  const { say } = terms;
  const holder = await holderOf(lock);
  if (holder === undefined) return `${lock.name} is not locked: there is nothing to do`;
  say(asText(lock, holder));
  if (lock.kind === 'state') await mentionRelease(lock, say);
  refuseYoung(lock, holder, terms);
  await terms.agree(
    `Whoever is still at work would lose what they write. Type ${lock.name} to free it: `,
  );
  await free(lock, holder);
  return `${lock.name} is free again. ${next(lock, holder)}`;
}

function asText({ name, key, place }: Lock, { id, who, operation, since, more }: Holder): string {
  return `${name} is locked:
  who        ${who}
  operation  ${operation}
  since      ${since.toISOString()} (${ago(since)})
  id         ${id}
  file       s3://${place.stateBucket}/${key}${more.map((each) => `\n             ${each}`).join('')}`;
}

/** A release drives Terraform, so the holder may be its child, and alive. */
async function mentionRelease({ place, environment }: Lock, say: Terms['say']): Promise<void> {
  if (place !== environment) return;
  const release = await lockHolder(environment);
  if (release !== undefined) say(`  release    ${release}`);
}

function refuseYoung({ name }: Lock, { since, who }: Holder, { holderIsDead }: Terms): void {
  if (holderIsDead || Date.now() - since.getTime() >= YOUNG * 60_000) return;
  throw new Refusal(
    `${name} was locked less than ${YOUNG} minutes ago, so ${who} may be at work: ask them, or wait. When you know that this run has ended, add --holder-is-dead`,
  );
}

/** Between the look and the yes somebody may have taken it anew. @throws Refusal */
async function free(lock: Lock, { id, etag }: Holder): Promise<void> {
  const now = await holderOf(lock);
  if (now === undefined) return;
  if (now.id !== id || now.etag !== etag) throw new Refusal(another(lock, now));
  const { region, stateBucket: Bucket, accountId: ExpectedBucketOwner } = lock.place;
  const file = { Bucket, Key: lock.key, ExpectedBucketOwner };
  try {
    await new S3Client({ region }).send(new DeleteObjectCommand({ ...file, IfMatch: etag }));
  } catch (error) {
    const { name } = error as Error;
    if (name === 'NoSuchKey') return;
    // It was exchanged in this very moment.
    if (!CHANGED.test(name)) throw error;
    const other = await holderOf(lock);
    if (other !== undefined) throw new Refusal(another(lock, other), { cause: error });
  }
}

/** How S3 says that the file is not the one that was named. */
const CHANGED = /^(PreconditionFailed|ConditionalRequestConflict)$/;

function another({ name }: Lock, { who, id }: Holder): string {
  return `${name} is not locked by that run any more, but by ${who} (${id}): nothing was deleted`;
}

function next({ kind, name, environment }: Lock, { operation }: Holder): string {
  if (kind === 'release') {
    return `Next: npm run status -- ${environment.name} says how things are; npm run release -- ${environment.name} goes on from there.`;
  }
  if (operation === 'plan') return `A plan changes nothing: make it again.`;
  return `Next: npx cdktf diff ${name}. The state knows what the broken-off run had made, up to its end; should the plan want to make something that exists, the apply says so, and how to take it over.`;
}
