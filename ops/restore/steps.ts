/** What each phase of a restore does. */
import type { Inspection } from '../../service/database/inspection.ts';
import { Refusal } from '../deployment/refusal.ts';
import { Interrupted, Terraform } from '../terraform/terraform.ts';
import { adopt } from './adoption.ts';
import { bringStacks } from './bringing.ts';
import { compare, unusable } from './comparison.ts';
import { askConsent } from './consent.ts';
import { makeDatabase, makeLogGroups } from './making.ts';
import { doorFrom, doorTo, type Parts, tasksOf } from './parts.ts';
import type { Steps } from './phases.ts';
import { inspectDatabase, migrateDatabase, switchDatabase } from './tasks.ts';

export function stepsOf(parts: Parts): Steps {
  return {
    making: () => make(parts),
    inspecting: () => inspect(parts),
    migrating: () => migrate(parts),
    switching: () => change(parts),
    adopting: () => adoptAll(parts),
  };
}

async function make({ environment, progress, signal, settings, course }: Parts): Promise<void> {
  const { record } = course;
  await progress.step(`database ${record.to}`, async (say) => {
    await makeDatabase(environment, { record, settings, watch: { say, signal } });
    return 'restored, with the settings of the first';
  });
}

/** Shows what would be had and lost, and asks. */
async function inspect(parts: Parts): Promise<void> {
  const { environment, progress, signal, consent, course } = parts;
  const { from, to, undoes } = course.record;
  const [restored, first] = await progress.step('inspection of both', async () => {
    const tasks = await tasksOf(parts);
    const door = await doorTo(parts);
    // One that cannot be asked is no reason against a restore.
    const leaving = doorFrom(parts)
      .then((left) => left && inspectDatabase(tasks, left))
      .catch(unlessInterrupted);
    return Promise.all([inspectDatabase(tasks, door), leaving]);
  });
  for (const line of compare({ name: from, found: first }, { name: to, found: restored })) {
    progress.line(line);
  }
  const { name } = environment;
  const way = undoes
    ? `npm run restore -- ${name} --undo goes on`
    : `the same command goes on, npm run restore -- ${name} --undo deletes ${to}`;
  const why = unusable(restored);
  if (why !== undefined)
    throw new Refusal(`${to} cannot serve: ${why}. Nothing was switched; ${way}`);
  const { mismatch } = restored.schema;
  if (mismatch !== undefined) progress.line(`\nIt is migrated before the switch: ${mismatch}.`);
  progress.line(`\n${warning(from, to, first)}`);
  await askConsent(environment, consent, {
    what: `switch ${name} to ${to}`,
    nothing: `nothing was switched; ${way}`,
    signal,
  });
}

function warning(from: string, to: string, first: Inspection | undefined): string {
  if (first === undefined) {
    return `${from} cannot be asked what it holds: what is newer there is lost with it.`;
  }
  return `What ${from} has and ${to} has not is not served any more; it stays in ${from} until that is deleted.`;
}

function unlessInterrupted(error: unknown): undefined {
  if (error instanceof Interrupted) throw error;
}

async function migrate(parts: Parts): Promise<void> {
  await parts.progress.step('schema', async () => {
    await migrateDatabase(await tasksOf(parts), await doorTo(parts));
    return 'as the released image needs it';
  });
}

async function change(parts: Parts): Promise<void> {
  const { from, to } = parts.course.record;
  await parts.progress.step(`switch to ${to}`, async (say) => {
    const [door, tasks] = [await doorTo(parts), await tasksOf(parts)];
    const refuse = (error: unknown) => {
      throw withWayOut(error, parts);
    };
    const left = await doorFrom(parts).catch(refuse);
    if (left === undefined) say(`${from} is gone, out or cut off: nobody has to be shut out`);
    const switched = switchDatabase(tasks, door, left);
    const told = await (left === undefined ? switched : switched.catch(refuse));
    if (typeof told?.sessions !== 'number') return 'the secret names it';
    return `the secret names it; ${told.sessions} sessions ended at ${from}`;
  });
}

/** Whoever cannot be shut out may still write. */
function withWayOut(error: unknown, { environment, course }: Parts): unknown {
  if (!(error instanceof Refusal)) return error;
  const where = `--region ${environment.region} --db-instance-identifier ${course.record.from}`;
  return new Refusal(
    `${error.message}
If ${course.record.from} is what cannot be reached, see to it that nobody writes there, and run the same command again. Stop it, and wait until it is stopped:
  aws rds stop-db-instance ${where}
If RDS does not stop it, cut it off by a security group that lets nobody in, then stop the service's tasks one by one (aws ecs stop-task), for open sessions outlive that:
  aws rds modify-db-instance ${where} --apply-immediately --vpc-security-group-ids <group without rules>`,
    { cause: error },
  );
}

async function adoptAll(parts: Parts): Promise<void> {
  const { environment, stacks, progress, consent, settings, signal, course } = parts;
  const { to: database } = course.record;
  await progress.step(`state of ${stacks.database.name}`, async (say) => {
    // One that was left long ago may have lost its logs.
    await makeLogGroups(environment, database, settings);
    const terraform = await Terraform.find();
    const folder = stacks.folderOf('database');
    await adopt({ terraform, stack: stacks.database, folder, database, say });
    return `knows ${database}`;
  });
  const asks = !consent.yes && consent.confirm === undefined;
  await bringStacks({ stacks, progress, signal, asks });
}
