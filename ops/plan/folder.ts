/** A folder of plans is whole or not there: it is written beside its place, and renamed. */
import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../deployment/refusal.ts';
import { parsePlans, PLANS_FILE } from './plans-file.ts';

interface Place {
  readonly out: string;
  /** Whose plans they are. */
  readonly environment: string;
}

/** What the pipelines write beside plans, and the runbook tells to. */
const REVIEWS = ['review.json', 'review.md'];

/** In the folder beside the place: what is being made, and what gives way to it. */
const MADE = 'made';
const EARLIER = 'earlier';

/** Milliseconds: no run takes a day, so what is older was left by one that was killed. */
const A_DAY = 86_400_000;

const CANNOT_WRITE = /^(EACCES|EDQUOT|ENOSPC|ENOTDIR|EPERM|EROFS)$/;

/**
 * The plans that were there before stay until the work has come to its end.
 * @param work is given the folder to write into, which only its owner reads
 * @throws Refusal where something else is in that place, or it cannot be written
 */
export async function inPlaceOf<Result>(
  { out, environment }: Place,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  try {
    // A link stays, and what it leads to is exchanged.
    const place = (await realpath(out).catch(unlessMissing)) ?? out;
    await requireNoOther({ out: place, environment });
    return await exchange(place, work);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!CANNOT_WRITE.test(code)) throw error;
    throw new Refusal(
      `the plans cannot be written (${message}): make room, or say another folder with --out`,
      { cause: error },
    );
  }
}

async function exchange<Result>(out: string, work: (folder: string) => Promise<Result>) {
  const start = `.${basename(out)}-`;
  await mkdir(dirname(out), { recursive: true });
  await removeLeftOver(dirname(out), start);
  // mkdtemp makes it with the mode 0700.
  const beside = await mkdtemp(join(dirname(out), start));
  const made = join(beside, MADE);
  const earlier = join(beside, EARLIER);
  try {
    await mkdir(made, { mode: 0o700 });
    const result = await work(made);
    await rename(out, earlier).catch(unlessMissing);
    await rename(made, out).catch(async (error: NodeJS.ErrnoException) => {
      await rename(earlier, out).catch(() => undefined);
      if (error.code !== 'ENOTEMPTY') throw error;
      throw new Refusal(`another run has just put its plans into ${out}: look at these`);
    });
    return result;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** They hold secrets, too. */
async function removeLeftOver(parent: string, start: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(start));
  for (const name of names) {
    const folder = join(parent, name);
    const files = await readdir(folder).catch(() => []);
    // Somebody else's folder may be called alike.
    if (files.length === 0 || !files.every((file) => [MADE, EARLIER].includes(file))) continue;
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > A_DAY) await rm(folder, { recursive: true, force: true });
  }
}

async function requireNoOther({ out, environment }: Place): Promise<void> {
  const files = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTDIR') return unlessMissing(error);
    throw new Refusal(`${out} is a file: say another folder with --out`);
  });
  if (files === undefined || files.length === 0) return;
  const plans = parsePlans(await readFile(join(out, PLANS_FILE), 'utf8').catch(() => ''));
  if (plans === undefined) {
    throw new Refusal(`${out} holds something else than plans: say another folder with --out`);
  }
  if (plans.environment !== environment) {
    throw new Refusal(`${out} holds plans of ${plans.environment}: say another folder with --out`);
  }
  const plansFiles = plans.stacks.flatMap(({ plan, json }) => [plan, json]);
  const own = new Set([PLANS_FILE, ...REVIEWS, ...plansFiles]);
  const other = files.find((file) => !own.has(file));
  if (other === undefined) return;
  throw new Refusal(`${out} holds ${other} beside plans: take it away, or say another with --out`);
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
