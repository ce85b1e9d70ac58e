/** From a moment or a snapshot to a database that serves, the first one kept beside it. */
import type { Environment } from '../../stacks/place.ts';
import { requireAccount } from '../deployment/account.ts';
import { withStacks } from '../deployment/environment-stacks.ts';
import { listenForSignals } from '../deployment/interruption.ts';
import { Progress } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { withReleaseLock } from '../release/lock.ts';
import { findBackup, requireSnapshot } from './backups.ts';
import { askConsent, type Consent, requireConsent } from './consent.ts';
import { Course } from './course.ts';
import { describe, requireUsable } from './database.ts';
import { restoredName } from './database-names.ts';
import { unreadable } from './deletion.ts';
import { type Doomed, drop } from './dropping.ts';
import type { Parts } from './parts.ts';
import { goOn, mayHaveSwitched } from './phases.ts';
import { placeOf, readRestore, type RestoreRecord } from './record.ts';
import { readSettings, type Settings } from './settings.ts';
import { farewell, inShort } from './situation.ts';
import { inWords, isSame, type Source } from './source.ts';
import { stepsOf } from './steps.ts';

interface RestoreOptions {
  readonly table: Table;
  /** Of the environment. */
  readonly name: string;
  readonly consent: Consent;
}

/** Begins, or goes on where a run was broken off. @throws Refusal, TerraformFailed, Interrupted */
export function restore(options: RestoreOptions, source: Source): Promise<void> {
  return atWork(options, async (work) => {
    const record = await readRestore(work.environment);
    if (record !== undefined) refuseOther(work.environment, record, source);
    const course = new Course(
      work.environment,
      record ?? (await newRecord(work.environment, work.settings, source)),
      work.who,
    );
    await goThrough({ ...work, course });
  });
}

/** Brings the first one back, or deletes the second while nobody works with it. @throws as `restore` */
export function undo(options: RestoreOptions): Promise<void> {
  return atWork(options, async (work) => {
    const { environment, who } = work;
    const record = await requireRestore(environment);
    const course = new Course(environment, record, who);
    if (record.undoes && record.phase === 'kept') {
      throw new Refusal(`it is undone already. ${inShort(environment, record)}`);
    }
    if (record.phase === 'dropping') return dropWhatIsLeft({ ...work, course });
    if (!record.undoes && !mayHaveSwitched(record.phase)) {
      return dropWhatIsLeft({ ...work, course }, { name: record.to });
    }
    if (!record.undoes) {
      const { from, to } = record;
      const left = await describe(environment, from);
      if (left === undefined) {
        throw new Refusal(`${from} is not there any more: there is nothing to go back to`);
      }
      requireUsable(environment, from, left);
      await course.enter('inspecting', { from: to, to: from, undoes: true });
    }
    await goThrough({ ...work, course });
  });
}

/** Deletes the one that was left. @throws as `restore` */
export function dropOld(options: RestoreOptions): Promise<void> {
  return atWork(options, async (work) => {
    const { environment, who } = work;
    const record = await requireRestore(environment);
    if (record.phase !== 'kept' && record.phase !== 'dropping') {
      throw new Refusal(`it is not at its end yet. ${inShort(environment, record)}`);
    }
    const name = record.from;
    const snapshot = `${name}-left-${record.begun.replaceAll(/\D/g, '').slice(0, 12)}`;
    const doomed = environment.dataMayBeLost ? { name } : { name, snapshot };
    await dropWhatIsLeft({ ...work, course: new Course(environment, record, who) }, doomed);
  });
}

type Work = Omit<Parts, 'course'> & { readonly who: string };

/** Alone, with everything at hand. */
async function atWork(
  { table, name, consent }: RestoreOptions,
  work: (work: Work) => Promise<void>,
): Promise<void> {
  const { environment } = find(table, name);
  requireConsent(environment, consent);
  const who = await requireAccount(environment);
  const signal = listenForSignals();
  const progress = new Progress();
  await withStacks(table, environment, (stacks) =>
    withReleaseLock(environment, who, async () => {
      const settings = await readSettings(environment);
      await work({ environment, who, signal, progress, stacks, consent, settings });
    }),
  );
}

async function newRecord(
  environment: Environment,
  settings: Settings,
  source: Source,
): Promise<RestoreRecord> {
  if ('snapshot' in source) {
    await requireSnapshot(environment, source.snapshot, settings.keyArn);
  } else await findBackup(environment, settings.name, source.at);
  const now = new Date();
  const to = restoredName(environment, now);
  if ((await describe(environment, to)) !== undefined) {
    throw new Refusal(`there is a database ${to} already: try again in a minute`);
  }
  const begun = now.toISOString();
  return { phase: 'making', source, from: settings.name, to, undoes: false, begun, steps: [] };
}

async function goThrough(parts: Parts): Promise<void> {
  const { environment, progress, course } = parts;
  const { source, to, undoes } = course.record;
  progress.line(undoes ? `back to ${to}` : `${to}: ${course.record.from} ${inWords(source)}`);
  await goOn(course.record.phase, stepsOf(parts), (phase) => {
    parts.signal.throwIfAborted();
    return course.enter(phase);
  });
  progress.line(farewell(environment, course.record));
}

/** @param chosen what an earlier run has not chosen yet */
async function dropWhatIsLeft(parts: Parts, chosen?: Doomed): Promise<void> {
  const { environment, progress, signal, consent, course } = parts;
  const earlier = course.record.doomed;
  const wanted = earlier ?? chosen;
  if (wanted === undefined) throw new Error('nothing was chosen to be deleted');
  refusePresent(parts, wanted.name);
  const { doomed, why } = await asPossible(environment, wanted);
  if (earlier === undefined || doomed.snapshot !== earlier.snapshot) {
    await askConsent(environment, consent, {
      what: `delete the database ${doomed.name} (${why})`,
      nothing: 'nothing was deleted',
      signal,
    });
  }
  await course.enter('dropping', { doomed });
  await progress.step(`delete ${doomed.name}`, (say) => drop(environment, doomed, { say, signal }));
  await course.close();
}

/** An environment that was destroyed and made anew has a database of the first one's name. */
function refusePresent({ environment, settings }: Parts, name: string): void {
  if (settings.name !== name) return;
  throw new Refusal(
    `${environment.name} works with ${name}, so it is not deleted: the restore is of an earlier life of the environment. Forget it, then see what is still there in RDS:\n  aws s3 rm ${placeOf(environment)}`,
  );
}

/** With a last snapshot only where RDS can make one. */
async function asPossible(
  environment: Environment,
  { name, snapshot }: Doomed,
): Promise<{ readonly doomed: Doomed; readonly why: string }> {
  if (snapshot === undefined) return { doomed: { name }, why: 'no snapshot is made' };
  const status = unreadable(await describe(environment, name));
  if (status === undefined) return { doomed: { name, snapshot }, why: `last snapshot ${snapshot}` };
  return { doomed: { name }, why: `it is ${status}: RDS can make no last snapshot of it` };
}

async function requireRestore(environment: Environment): Promise<RestoreRecord> {
  const record = await readRestore(environment);
  if (record !== undefined) return record;
  throw new Refusal(`of ${environment.name} nothing is restored or kept`);
}

function refuseOther(environment: Environment, record: RestoreRecord, source: Source): void {
  const goesOn = isSame(record.source, source) && !record.undoes && record.phase !== 'dropping';
  if (goesOn) return;
  throw new Refusal(`there is another restore. ${inShort(environment, record)}`);
}
