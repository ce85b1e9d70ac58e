/** From environments to files for Terraform, past the guard rails: main.ts and every command go this way. */
import { App } from 'cdktf';
import { keepAddresses } from './addresses/guard.ts';
import { NO_RECORDS, type Records } from './addresses/records.ts';
import { synthesise } from './guarded-synthesis.ts';
import { placeLockFiles } from './lock-file.ts';
import { moves } from './moves.ts';
import type { Environment } from './place.ts';
import { GuardRailError } from './policies/guard-rail-error.ts';
import { expired, malformed, unneeded } from './policies/waiver-problems.ts';
import { addStore } from './store.ts';
import { waivers } from './waivers.ts';

interface Writing {
  /** Where the files go. @default cdktf.out, or where CDKTF_OUTDIR says */
  readonly outdir?: string;
  /**
   * `2026-11-21`: on that day the waivers themselves are judged, which is the affair of whoever
   * changes the program. @default they hold, so that no date stops a rollback at night
   */
  readonly today?: string;
  /** What exists. @default nothing, as for the tables of tests */
  readonly records?: Records;
}

/** @throws GuardRailError with everything that a policy, a waiver or a record has against it */
export function writeProgram(environments: readonly Environment[], writing: Writing = {}): App {
  const { outdir, today, records = NO_RECORDS } = writing;
  if (today !== undefined) refuse([...malformed(waivers, today), ...expired(waivers, today)]);
  const app = new App(outdir === undefined ? {} : { outdir });
  addStore(app, environments);
  refuse(keepAddresses(app, records, moves));
  synthesise(app);
  if (today !== undefined) refuse(unneeded(waivers, app, moves));
  placeLockFiles(app);
  return app;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new GuardRailError(problems);
}
